import type {MogplexError} from '@mogplex/plugin-kit/errors'
import {accountFinding, rankFindings} from '../../domain/doctor/credentials.js'
import {
  fine,
  type Finding,
  orFine,
  troubleFinding,
  unknown,
  wrong,
} from '../../domain/doctor/finding.js'
import {variableFindings} from '../../domain/doctor/variables.js'
import {payerAddress} from '../../domain/credential/payers.js'
import {credentialName} from '../../domain/credential/rejected-key.js'
import type {Resolution} from '../../domain/credential/precedence.js'
import type {Environment} from '../../domain/settings/environment.js'
import {LOCAL_LIMIT_MS, type Probe} from './probe.js'

interface CredentialsPorts {
  readonly env: Environment
  /** `undefined` where an invalid setting prevents it. */
  readonly resolution: () => Resolution | undefined
  /** Whether `auth.json` could be read. */
  readonly isFileReadable: () => boolean
  /** Why the next prompt would not be sent. */
  readonly whyNoPrompt: () => MogplexError | undefined
  /** A named profile, and why its account does not count, which stored files do not show. */
  readonly profile:
    {readonly name: string; readonly trouble: () => MogplexError | undefined} | undefined
}

/** The environment, and the credential that results from it and from the stored ones. */
export function credentialsProbe(ports: CredentialsPorts): Probe {
  return {id: 'account', limitMs: LOCAL_LIMIT_MS, look: () => look(ports)}
}

function look({
  env,
  resolution: resolve,
  isFileReadable,
  whyNoPrompt,
  profile,
}: CredentialsPorts): Finding[] {
  const variables = orFine(variableFindings(env), 'variables', 'those that are set can be used')
  const resolution = resolve()
  if (resolution === undefined) {
    const why = 'not known while a variable cannot be used'
    return [...variables, unknown('account', why), unknown('payer', why)]
  }
  const login = profile === undefined ? 'mogplex login' : `mogplex login --profile ${profile.name}`
  const trouble = profile?.trouble()
  const account =
    trouble === undefined ? accountFinding(resolution, login) : troubleFinding('account', trouble)
  const isAnswered = account.state === 'fine' || isFileReadable()
  const found = [
    ...variables,
    isAnswered ? account : unknown('account', 'not known while auth.json cannot be read'),
    ...orFine(rankFindings(resolution), 'rank', 'no variable outranks what is stored'),
  ]
  const lack = whyNoPrompt()
  if (lack === undefined) return [...found, fine('payer', payerText(resolution))]
  if (resolution.model.kind === 'none' && !isFileReadable()) {
    return [...found, unknown('payer', 'not known while auth.json cannot be read')]
  }
  // The reason why nobody is signed in is reported above.
  const isNobody = resolution.model.kind === 'none' && account.state !== 'fine'
  const payer = isNobody
    ? wrong('payer', 'nothing pays for prompts', login)
    : troubleFinding('payer', lack)
  return [...found, payer]
}

function payerText(resolution: Resolution): string {
  const {model} = resolution
  const who = model.kind === 'credential' ? credentialName(model.credential) : 'nothing'
  const address = payerAddress(resolution)
  const where = address?.url === undefined ? '' : ` at ${address.url} (${address.variable})`
  return `${who} pays for prompts${where}`
}
