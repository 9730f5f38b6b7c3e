import {expect} from 'chai'
import {mkdir, readFile, symlink, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {ModelChoiceFile} from '../../../src/adapters/model-choice-file.js'
import {loadWriter} from '../../../src/compose/file-writer.js'
import {expectMode} from '../../support/system-under-test.js'
import {temporaryHome} from '../../support/temporary-home.js'

describe('ModelChoiceFile', () => {
  let home: string
  let file: ModelChoiceFile

  beforeEach(async () => {
    home = join(await temporaryHome(), '.mogplex')
    file = new ModelChoiceFile({home, loadWriter})
  })

  const path = (): string => join(home, 'model-choices.json')

  it('is empty where nothing was chosen', () => {
    expect(file.read()).to.deep.equal({models: {}, confirmed: []})
  })

  it('remembers a model for each payer, for its owner only', async () => {
    await file.rememberModel('openai', 'gpt-5')
    await file.rememberModel('mogplex', 'anthropic/claude')
    await file.rememberModel('openai', 'gpt-5-mini')
    const models = {openai: 'gpt-5-mini', mogplex: 'anthropic/claude'}
    expect(file.read()).to.deep.equal({models, confirmed: []})
    expectMode(path(), 0o600)
    expectMode(home, 0o700)
  })

  it('remembers the agreed payers, beside the models, and only the last ones', async () => {
    await file.rememberModel('openai', 'gpt-5')
    for (let number = 0; number < 52; number += 1) await file.rememberConfirmed(`key-${number}`)
    await file.rememberConfirmed('key-51')
    const {models, confirmed} = file.read()
    expect(models).to.deep.equal({openai: 'gpt-5'})
    expect(confirmed).to.have.length(50).and.include('key-51').and.not.include('key-0')
  })

  it('replaces a link in its place, and leaves its target alone', async () => {
    const outside = join(home, '..', 'outside.json')
    await writeFile(outside, '{"models": {"groq": "theirs"}}', {mode: 0o644})
    await mkdir(home)
    await symlink(outside, join(home, 'model-choices.json'))
    expect(file.read().models).to.deep.equal({})
    await file.rememberModel('groq', 'ours')
    expect(file.read().models).to.deep.equal({groq: 'ours'})
    expect(await readFile(outside, 'utf8')).to.include('theirs')
    expectMode(outside, 0o644)
  })

  it('skips invalid entries, and a broken file', async () => {
    await mkdir(home, {recursive: true})
    const odd = {models: {openai: 7, nobody: 'x', groq: 'a b', xai: 'ok'}, confirmed: [1, 'key-1']}
    await writeFile(path(), JSON.stringify(odd))
    expect(file.read()).to.deep.equal({models: {xai: 'ok'}, confirmed: ['key-1']})
    for (const text of ['', '{', '[]', '{"models":null,"confirmed":{}}']) {
      await writeFile(path(), text)
      expect(file.read(), text).to.deep.equal({models: {}, confirmed: []})
    }
    await file.rememberModel('openai', 'gpt-5')
    expect(JSON.parse(await readFile(path(), 'utf8'))).to.deep.equal({
      models: {openai: 'gpt-5'},
      confirmed: [],
    })
  })
})
