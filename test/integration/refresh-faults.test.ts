import {expect} from 'chai'
import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {
  FAULTS,
  inject,
  meet,
  recover,
  SILENCE,
  type Checked,
} from '../support/reliability/faults.js'
import type {Lab} from '../support/reliability/lab.js'
import {useLab} from '../support/reliability/use-lab.js'
import {failureOf, servicesOn} from '../support/services.js'
import {shorterWaits} from '../support/preload.js'

/** Checks the stored login like `whoami --verify`, in this process. */
async function check(lab: Lab): Promise<Checked> {
  const {verification} = await servicesOn(lab).whoAmI({verify: true, require: undefined})
  if (verification?.trouble === undefined) throw new Error('The server agreed.')
  return verification.trouble
}

describe('a refresh that fails', () => {
  const use = useLab()

  it('keeps the login, says what happened and when to try again, and then continues', async () => {
    for (const fault of FAULTS) await meet(use.lab, fault, check)
    await recover(use.lab)
  })

  it('gives up on a server that does not answer, keeps the login, and then continues', async () => {
    Object.assign(use.lab.env, shorterWaits)
    await meet(use.lab, SILENCE)
    await recover(use.lab)
  })
})

describe('a refresh that the server refuses', () => {
  const use = useLab()

  const refusals: Readonly<Record<string, () => Response>> = {
    'invalid_grant with 400': () => Response.json({error: 'invalid_grant'}, {status: 400}),
    'invalid_grant with 401 and a description full of escapes': () =>
      Response.json(
        {error: 'invalid_grant', error_description: 'gone\u001B]0;owned\u0007'},
        {status: 401, headers: {'www-authenticate': 'Bearer error="invalid_token"'}},
      ),
    'a 400 and nothing else': () => new Response('', {status: 400}),
    'a 401 and nothing else': () => new Response('', {status: 401}),
  }

  it('ends the sign-in, and keeps the marked credential with its account', async () => {
    const {lab} = use
    const signedIn = lab.text()
    for (const [name, answer] of Object.entries(refusals)) {
      writeFileSync(join(lab.folder, 'auth.json'), signedIn)
      lab.expire()
      const {accessToken, refreshToken} = lab.stored()
      const end = inject(lab, {answer})
      const first = await failureOf(check(lab))
      end()
      expect(first, name).to.include({code: 'CREDENTIAL_REJECTED', exitCode: 64})
      expect(first.message, name).to.include('lin@example.test')
      expect(first.message, name).not.to.match(/[\u001B\u0007]/)
      expect(lab.stored()).to.include({accessToken, refreshToken})
      expect(lab.stored().rejected?.why, name).to.be.a('string').and.not.to.include('cut off')
      lab.refreshes()
      const next = await failureOf(check(lab))
      expect(next, name).to.include({code: 'CREDENTIAL_REJECTED', exitCode: 64})
      expect(next.message, name).to.include('lin@example.test')
      expect(lab.refreshes(), 'it is not asked again').to.equal(0)
    }
  })
})
