import type {Identity, ProfileReport} from '@mogplex/plugin-kit/session'

/** One line for the prompt of a shell: which profile, who, and who pays where that is not Mogplex. */
export function shortIdentity({profile, account, model, modelProblem}: Identity): string {
  const name = account?.email ?? account?.name ?? account?.id
  const source = account?.source.type === 'env' ? account.source.variable : 'an API key'
  const who = account === null ? 'no account' : (name ?? source)
  const isPaid = model !== null && modelProblem === undefined
  const isOther = isPaid && model.provider !== 'mogplex'
  const pays = isOther ? `, ${model.provider} pays` : isPaid ? '' : ', nothing pays'
  return `${prefix(profile)}${who}${pays}`
}

/** The same where nobody acts: why, by the code of the error. */
export function shortProblem(code: string, profile: ProfileReport | undefined): string {
  return `${prefix(profile)}${code.toLowerCase().replaceAll('_', ' ')}`
}

function prefix(profile: ProfileReport | undefined): string {
  return profile === undefined ? '' : `${profile.name}: `
}
