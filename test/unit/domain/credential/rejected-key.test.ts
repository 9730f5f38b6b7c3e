import {expect} from 'chai'
import {credentialName, replacementOf} from '../../../../src/domain/credential/rejected-key.js'
import {AUTH_PATH, makeKey, makeLogin, makeShellKey} from '../../../support/make-credential.js'

const KEYS_AT = 'https://keys.test'

describe('a rejected credential', () => {
  for (const [what, credential, name, remedy] of [
    [
      'of the shell',
      makeShellKey(),
      'MOGPLEX_API_KEY',
      `Set MOGPLEX_API_KEY to a valid key (from ${KEYS_AT}), or \`unset MOGPLEX_API_KEY\`.`,
    ],
    ['of a login', makeLogin(), 'the stored login', 'Run `mogplex login`.'],
    [
      'of Mogplex, stored',
      makeKey('mogplex'),
      `the stored Mogplex key (mogplex in ${AUTH_PATH})`,
      `Run \`mogplex login --with-api-key\` with another key (from ${KEYS_AT}), or \`mogplex logout\`.`,
    ],
    [
      'of a provider, stored',
      makeKey('groq'),
      `the stored Groq key (groq in ${AUTH_PATH})`,
      `Run \`mogplex login --with-api-key --provider groq\` with another key (from ${KEYS_AT}), or \`mogplex logout --provider groq\`.`,
    ],
    [
      'of Codex',
      makeKey('openai', {obtainedAt: undefined}),
      `the stored OpenAI key (openai in ${AUTH_PATH})`,
      `Run \`mogplex login --with-api-key --provider openai\` with another key (from ${KEYS_AT}), or \`unset CODEX_HOME\`.`,
    ],
  ] as const) {
    it(`is named, with the command that replaces it: ${what}`, () => {
      expect(credentialName(credential)).to.equal(name)
      expect(replacementOf(credential, KEYS_AT)).to.equal(remedy)
    })
  }
})
