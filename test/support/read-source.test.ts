import {expect} from 'chai'
import {parseSource} from './read-source.js'
import {COMPUTED} from './source-file.js'

const importsOf = (text: string) => parseSource('src/a.ts', text).imports
const globalsOf = (text: string) => parseSource('src/a.ts', text).globals

describe('parseSource', () => {
  it('reads every kind of import, with its names', () => {
    expect(importsOf("import {a, b as c} from 'x'")).to.deep.equal([
      {specifier: 'x', typeOnly: false, names: ['a', 'b']},
    ])
    const whole = [
      "import 'x'",
      "import a from 'x'",
      "import a, {b} from 'x'",
      "import * as a from 'x'",
      "export * from 'x'",
      "export * as a from 'x'",
      "import a = require('x')",
      "const a = await import('x')",
      'const a = await import(`x`)',
      "require('x')",
    ]
    for (const text of whole) {
      expect(importsOf(text), text).to.deep.equal([{specifier: 'x', typeOnly: false}])
    }
    expect(importsOf("export {a} from 'x'")[0]).to.deep.equal({
      specifier: 'x',
      typeOnly: false,
      names: ['a'],
    })
    expect(importsOf('import(path)')).to.deep.equal([{specifier: COMPUTED, typeOnly: false}])
  })

  it('takes an import for a type only when nothing of it is left at run time', () => {
    const types = ["import type {A} from 'x'", "export type {A} from 'x'", "let a: import('x').A"]
    for (const text of types) expect(importsOf(text)[0]?.typeOnly, text).to.be.true
    expect(importsOf("import {type A} from 'x'")[0]?.typeOnly).to.be.false
  })

  it('is not misled by comments and strings', () => {
    expect(importsOf("// import 'x'\nconst a = \"import 'y'\"")).to.deep.equal([])
  })

  it('sees what is used of the world without an import', () => {
    expect(globalsOf('process.env.HOME')).to.deep.equal(['process.env'])
    expect(globalsOf('const {env} = process')).to.deep.equal(['process.env'])
    expect(globalsOf("process['env']")).to.deep.equal(['process.env'])
    expect(globalsOf('globalThis.process.env')).to.deep.equal(['process.env'])
    expect(globalsOf('process.stdout.write(x)')).to.deep.equal(['process.stdout'])
    expect(globalsOf('Date.now() + Math.random()')).to.deep.equal(['Date.now', 'Math.random'])
    expect(globalsOf('new Date(); new Date')).to.deep.equal(['new Date()'])
    expect(globalsOf('fetch(url); crypto.randomUUID()')).to.deep.equal(['fetch', 'crypto'])
    expect(globalsOf('setTimeout(f, 1); console.log(1)')).to.deep.equal(['setTimeout', 'console'])
  })

  it('lets a value of one’s own, a member and a type be called what they like', () => {
    const own = [
      'new Date(text)',
      'const f = (fetch) => fetch(url)',
      'const {process} = plan; process.env',
      'plan.process.env',
      'interface Plan {process: string}',
      'const plan = {process: 1}',
      'let f: typeof fetch',
      'function g(process: Process) { return process }',
    ]
    for (const text of own) expect(globalsOf(text), text).to.deep.equal([])
  })
})
