import {expect} from 'chai'
import {factsOf} from '../../../../src/app/help/command-facts.js'
import {type Catalog, complete, FILES} from '../../../../src/host/completion/complete.js'

const option = {type: 'option'}
const COMMANDS: Readonly<Record<string, object>> = {
  '': {
    flags: {
      attach: {...option},
      logout: {type: 'boolean'},
      profile: {...option, helpGroup: 'GLOBAL'},
    },
  },
  attach: {args: {RUN: {}}, flags: {timeout: option, profile: {...option, helpGroup: 'GLOBAL'}}},
  deploy: {flags: {profile: option}},
  help: {args: {WORDS: {multiple: true}}},
  login: {
    flags: {
      device: {exclusive: ['no-browser']},
      'no-browser': {},
      provider: {...option, options: ['openai', 'google'], char: 'p'},
      host: {...option, options: ['a', 'b'], multiple: true},
      install: {allowNo: true},
    },
  },
  logs: {},
  'logs show': {args: {ID: {}}},
  'login status': {},
}

const catalog: Catalog = {
  names: new Map(Object.keys(COMMANDS).flatMap((name) => (name === '' ? [] : [[name, 'About.']]))),
  facts(name) {
    const command = COMMANDS[name]
    return command && factsOf({...command, id: name}, (text) => text)
  },
  async values(command, name) {
    const known: Record<string, string[]> = {
      'attach RUN': ['run_1', 'run_2', '$(evil)', 'x`y`', '-run', "it's", 'run_2'],
      ' --attach': ['run_1'],
      'GLOBAL --profile': ['home', 'work'],
      'logs show ID': [FILES],
    }
    return Promise.resolve(known[`${command} ${name}`] ?? [])
  },
}

describe('complete', () => {
  const offered = async (line: string): Promise<string[]> =>
    (await complete(line.split(' '), catalog)).map(({value}) => value)

  for (const [line, values] of [
    ['lo', ['login', 'logs']],
    ['--json lo', ['login', 'logs']],
    ['logs ', ['show']],
    ['login ', ['status']],
    ['help log', ['login', 'logs']],
    ['help logs ', ['show']],
    ['help e', ['errors', 'exit-codes', 'environment']],
    ['attach ', ['run_1', 'run_2']],
    ['attach run_1 ', []],
    ['attach --timeout ', []],
    ['attach --timeout 5 run_2', ['run_2']],
    ['attach -- ', ['run_1', 'run_2']],
    ['logs show ', [FILES]],
    ['--attach ', ['run_1']],
    ['--attach=', ['--attach=run_1']],
    ['--lo', ['--logout']],
    ['--logout lo', []],
    ['login --provider ', ['openai', 'google']],
    ['login -p g', ['google']],
    ['login --provider=o', ['--provider=openai']],
    ['login --pro', ['--provider']],
    ['login --provider openai --pro', []],
    ['login --host a --ho', ['--host']],
    ['login --no-browser --de', []],
    ['login --no-i', ['--no-install']],
    ['login --nonsense=', []],
    ['nonsense ', []],
    ['attach --profile w', ['work']],
    ['--profile ', ['home', 'work']],
    ['--profile=h', ['--profile=home']],
    ['--profile work lo', ['login', 'logs']],
    ['--json --profile work --no-color lo', ['login', 'logs']],
    ['--profile work attach r', ['run_1', 'run_2']],
    ['deploy --profile ', []],
    ['', ['attach', 'deploy', 'help', 'login', 'logs']],
  ] as const) {
    it(`offers for \`mogplex ${line}\`: ${values.join(', ') || 'nothing'}`, async () => {
      expect(await offered(line)).to.deep.equal(values)
    })
  }

  it('offers the help of each command', async () => {
    expect(await offered('logs show --h')).to.deep.equal(['--help'])
    expect(await offered('logs --help --h')).to.deep.equal([])
  })

  it('describes a command', async () => {
    expect(await complete(['logi'], catalog)).to.deep.equal([{value: 'login', about: 'About.'}])
  })
})
