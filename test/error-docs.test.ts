import {expect} from 'chai'
import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {projectRoot} from './support/cli-environment.js'
import {errorCodes} from './support/error-codes.js'

/** Codes in reports of errors without a class of ours. */
const REPORTED = ['UNEXPECTED 1', 'USAGE 2']

describe('docs/errors.md', () => {
  it('lists every error code once, under its exit code', async () => {
    const page = await readFile(join(projectRoot, 'docs', 'errors.md'), 'utf8')
    const documented = page.split(/^## /m).flatMap((section) => {
      const exitCode = Number.parseInt(section, 10)
      return [...section.matchAll(/^\| `([A-Z_]+)`/gm)].map(
        ([, code]) => `${code ?? ''} ${exitCode}`,
      )
    })
    const codes = new Set([...errorCodes(), ...REPORTED])
    expect(codes.size).to.be.greaterThan(30)
    expect(documented.sort()).to.deep.equal([...codes].sort())
  })

  it('says for each what happened and what to do', async () => {
    const page = await readFile(join(projectRoot, 'docs', 'errors.md'), 'utf8')
    for (const [row] of page.matchAll(/^\| `.*$/gm))
      expect(row).to.match(/^\| `[A-Z_]+` +\| \S.* +\| \S.* +\|$/)
  })
})
