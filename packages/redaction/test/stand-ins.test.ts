import {expect} from 'chai'
import {createRedactor, knownSecrets} from '../src/index.js'

const {redact, redactValues} = createRedactor({known: knownSecrets()})

describe('a placeholder for a secret', () => {
  for (const text of [
    'Set ACME_API_KEY=…',
    '`unset OPENAI_API_KEY`',
    'ACME_API_KEY is set',
    '${ACME_API_KEY}',
    'printenv WORK_KEY | acme login --with-api-key',
    'ACME_API_KEY="$WORK_KEY" acme, OPENAI_API_KEY=sk-… acme, TOKEN=$TOKEN acme',
    'ACME_API_KEY=$(pass show acme) acme',
    '  ACME_API_KEY: ${{ secrets.ACME_API_KEY }}',
    'the password: wrong, the token: it is missing, ACME_API_KEY: it outranks your login',
    'Set HTTPS_PROXY to http://USER:PASSWORD@proxy.test:3128, with what it accepts.',
    'curl -u USER:PASSWORD https://x.test',
    'send Bearer ACME_API_KEY, or -H "Authorization: Bearer ${ACME_API_KEY}"',
    'acme --token <token> --password PASSWORD --api-key $API_KEY',
    '{"token":"GITHUB_TOKEN","password":"${{ secrets.X }}"}',
    'an address such as `http://127.0.0.1/cb?code=…`.',
  ]) {
    it(`stays unchanged in ${text}`, () => {
      expect(redact(text)).to.equal(text)
      expect(redactValues(text)).to.equal(text)
    })
  }

  for (const [text, redacted] of [
    ['the password: hunter', 'the password: [redacted]'],
    ['the password: itis', 'the password: [redacted]'],
    ['password=wrong', 'password=[redacted]'],
    ['{"password":"wrong"}', '{"password":"[redacted]"}'],
    ['password:wrong', 'password:[redacted]'],
    ['DB_PASSWORD: $ecret', 'DB_PASSWORD: [redacted]'],
    ['DB_PASSWORD=MY_WIFE', 'DB_PASSWORD=[redacted]'],
    ['http://USER:hunter@x.test', 'http://[redacted]@x.test'],
    ['curl -u USER:PASSWORD1', 'curl -u USER:[redacted]'],
    ['Bearer ACME_API_KEYs', 'Bearer [redacted]'],
    ['--token <token', '--token [redacted]'],
  ] as const) {
    it(`is not what ${text} contains`, () => {
      expect(redact(text)).to.equal(redacted)
    })
  }
})
