import type {RememberedChoices} from '../../src/domain/chat/model-choice.js'
import type {Resolution} from '../../src/domain/credential/precedence.js'
import {readSettings} from '../../src/domain/settings/settings.js'
import {authErrorFor} from '../../src/domain/credential/gate.js'

/** A choices file in memory. */
export function givenChoices(before: Partial<RememberedChoices> = {}) {
  let choices: RememberedChoices = {models: {}, confirmed: [], ...before}
  return {
    read: () => choices,
    rememberModel: async (provider: string, model: string) => {
      choices = {...choices, models: {...choices.models, [provider]: model}}
      return Promise.resolve()
    },
    forgetModels: async (payers: readonly string[]) => {
      const left = Object.entries(choices.models).filter(([name]) => !payers.includes(name))
      choices = {...choices, models: Object.fromEntries(left)}
      return Promise.resolve()
    },
    rememberConfirmed: async (fingerprint: string) => {
      choices = {...choices, confirmed: [...choices.confirmed, fingerprint]}
      return Promise.resolve()
    },
  }
}

/** A session that resolves these sources again at each read. */
export function givenSession(look: () => Resolution) {
  let seen = look()
  return {
    refresh: () => void (seen = look()),
    require(need: 'account' | 'any' | 'model' | 'none') {
      const lack = authErrorFor(need, seen)
      if (lack !== undefined) throw lack
    },
    settings: readSettings({}),
    get resolution() {
      return seen
    },
  }
}
