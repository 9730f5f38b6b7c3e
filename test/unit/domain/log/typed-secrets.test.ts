import {expect} from 'chai'
import {typedSecrets} from '../../../../src/domain/log/typed-secrets.js'
import {Random} from '../../../support/random.js'
import {LETTERS} from '../../../support/random-secrets.js'

describe('typedSecrets', () => {
  it('are random words, alone, after a flag and joined to one', () => {
    const token = 'q7Zt0PdK3mWv9YbR5nXc1LfHs8GjTaEu'
    for (const word of [token, `--model=${token}`, `--${token}`, `-${token}`]) {
      expect(typedSecrets(['login', word]), word).to.deep.equal([token])
    }
    expect(typedSecrets(['aB3dE5gH'])).to.have.lengthOf(1)
    expect(typedSecrets(['sk-proj-Ab1Cd2Ef3Gh4'])).to.deep.equal(['sk-proj-Ab1Cd2Ef3Gh4'])
    expect(typedSecrets(['abcdefghijklmnopqrstuvwxyzabcdef'])).to.have.lengthOf(1)
  })

  it('include nearly all tokens of all lengths, with digits and without', () => {
    const random = new Random(20270501)
    for (const [alphabet, length] of [
      [LETTERS, 16],
      [LETTERS, 32],
      [LETTERS.slice(0, 52), 32],
      ['0123456789abcdef', 32],
      [`${LETTERS}-_`, 43],
    ] as const) {
      const words = Array.from({length: 1000}, () => random.text(alphabet, length))
      const found = typedSecrets(words.map((word) => `x${word.slice(1)}`)).length
      expect(found, `${alphabet} ${length}`).to.be.above(970)
    }
  })

  it('exclude words that people choose or copy from a list', () => {
    const words = [
      'login',
      '--with-api-key',
      '--provider',
      'plugins',
      'install',
      '@mogplex/plugin-kit@1.2.3',
      'openai/gpt-5-mini',
      'claude-sonnet-4-5-20250929',
      'Qwen/Qwen2.5-Coder-32B-Instruct',
      'meta-llama/Llama-4-Maverick-17B-128E',
      'someArgumentName',
      '--no-input',
      '--timeout=300',
      '8f14e45f-ceea-467f-9575-1a2b3c4d5e6f',
      '2026-11-28T21-34-03-896Z-80e0cc',
      'run_abc123',
      'https://mogplex.com/runs/a1B2c3D4e5F6',
      './a1B2c3D4e5F6',
      'ada.lovelace1815@example.com',
      'What does a1B2c3D4e5F6 mean?',
    ]
    expect(typedSecrets(words)).to.deep.equal([])
  })
})
