import {createRedactor, knownSecrets} from '@mogplex/redaction'
import {expect} from 'chai'
import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import ts from 'typescript'
import {KEY_FORMATS, PROVIDERS} from '../../../src/domain/credential/provider-table.js'
import {projectRoot} from '../../support/cli-environment.js'

const ROOMS = ['src', 'packages/plugin-kit/src', 'plugins']
const NAMES_A_VARIABLE = /\b[A-Z]+(?:_[A-Z]+)+\b/
const {redact, redactValues, redactBroken} = createRedactor({
  known: knownSecrets(),
  formats: KEY_FORMATS,
})

/** All texts in our sources; inserted values are replaced by a variable, or a word. */
function ownTexts(): string[] {
  const files = ROOMS.flatMap((room) =>
    readdirSync(join(projectRoot, room), {recursive: true, encoding: 'utf8'})
      .filter((file) => file.endsWith('.ts') && !/node_modules|dist|^[^/\\]+[/\\]test\b/.test(file))
      .map((file) => join(projectRoot, room, file)),
  )
  return files.flatMap((file) => textsIn(file, readFileSync(file, 'utf8')))
}

function textsIn(file: string, source: string): string[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true)
  const texts: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) texts.push(node.text)
    else if (ts.isTemplateExpression(node)) texts.push(filled(node))
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return texts
}

function filled({head, templateSpans}: ts.TemplateExpression): string {
  const rest = templateSpans.map(({expression, literal}) => {
    const isVariable = /variable|setting/i.test(expression.getText())
    return `${isVariable ? 'OPENAI_API_KEY' : 'something'}${literal.text}`
  })
  return `${head.text}${rest.join('')}`
}

describe('our own texts', () => {
  const texts = ownTexts()

  it('are never mistaken for a secret, whatever variable they name', () => {
    const naming = texts.filter((text) => NAMES_A_VARIABLE.test(text))
    expect(naming).to.have.length.greaterThan(50)
    for (const hide of [redact, redactValues, redactBroken]) {
      expect(texts.filter((text) => hide(text) !== text)).to.deep.equal([])
    }
  })

  it('hide no key beside them', () => {
    const key = `mog_${'a1b2'.repeat(8)}`
    for (const {variable} of PROVIDERS) {
      for (const text of [`Set ${variable}=${key}.`, `${variable}: ${key}`, `unset ${key}`]) {
        for (const hide of [redact, redactValues, redactBroken]) {
          expect(hide(text), text).to.include(text.slice(0, 5)).and.not.to.include('a1b2')
        }
      }
      expect(redact(`${variable}=only-a-name-tells`)).to.equal(`${variable}=[redacted]`)
    }
  })
})
