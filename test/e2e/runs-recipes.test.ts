import {expect} from 'chai'
import {chmod, mkdir, readFile, writeFile} from 'node:fs/promises'
import {delimiter, join} from 'node:path'
import {parse} from 'yaml'
import {jsonLines} from '../support/answers.js'
import {builtCli, projectRoot, shellWords} from '../support/cli-environment.js'
import {preload} from '../support/preload.js'
import type {CliResult} from '../support/run-cli.js'
import {setStage} from '../support/sign-in-stage.js'

const ADA = 'ada@example.test'
const REPO = 'ada/analytical-engine'
/** The part of jq that the recipes need, where jq is not installed. */
const JQ = `#!/usr/bin/env node
const [, , flag, path, file] = process.argv
if (flag !== '-r') throw new Error('only -r')
console.log(JSON.parse(require('node:fs').readFileSync(file ?? 0, 'utf8'))[path.slice(1)])
`
// The package comes from this checkout, not from a registry.
const INSTALLING = /^npm install -g @mogplex\/cli$/

interface Step {
  readonly id?: string
  readonly if?: string
  readonly env?: Readonly<Record<string, string>>
  readonly run: string
}

describe('the recipes of docs/runs.md', function () {
  this.timeout(120_000)
  const stage = setStage({runPace: 0.02})
  let page = ''
  let path = ''

  beforeEach(async () => {
    page = await readFile(join(projectRoot, 'docs/runs.md'), 'utf8')
    const folder = join(stage.home, 'bin')
    await mkdir(folder)
    const programs = {mogplex: `#!/bin/sh\nexec ${shellWords(builtCli)} "$@"\n`, jq: JQ}
    for (const [name, text] of Object.entries(programs)) {
      await writeFile(join(folder, name), text)
      await chmod(join(folder, name), 0o755)
    }
    path = [folder, process.env.PATH ?? ''].join(delimiter)
  })

  async function bash(script: string, env: Record<string, string> = {}): Promise<CliResult> {
    const command = ['/bin/bash', '--noprofile', '--norc', '-eo', 'pipefail', '-c'] as const
    const all = {...preload('quick-pauses.cjs'), PATH: path, ...env}
    return stage.run([script], {command: [...command], env: all, timeoutMs: 90_000})
  }

  async function key(): Promise<string> {
    return stage.secret(await stage.cloud.createKey(ADA))
  }

  function block(language: string, heading: string): string {
    const [, section = ''] = page.split(`\n## ${heading}\n`)
    const [, text = ''] = new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'ms').exec(section) ?? []
    expect(text, heading).not.to.equal('')
    return text
  }

  it('shows commands that work', async () => {
    const RUN = stage.cloud.startRun(ADA)
    const env = {MOGPLEX_API_KEY: await key(), RUN}
    const blocks = [...page.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, text = '']) => text)
    expect(blocks).to.have.length(3)
    for (const text of blocks) {
      const {code, stdout, stderr} = await bash(text, env)
      expect(code, `${text}\n${stdout}${stderr}`).to.equal(0)
    }
  })

  for (const prompt of ['as it is', 'fail']) {
    it(`run in GitHub Actions, and end as the run does: ${prompt}`, async () => {
      const text = block('yaml', 'GitHub Actions')
      const workflow = parse(text.replace('Update the dependencies', `$& ${prompt}`)) as {
        jobs: {agent: {env: Record<string, string>; steps: Step[]}}
      }
      const {env: jobEnv, steps} = workflow.jobs.agent
      const output = join(stage.home, 'output')
      await writeFile(output, '')
      const given: Record<string, string> = {
        GITHUB_RUN_ID: '17',
        GITHUB_RUN_ATTEMPT: prompt === 'fail' ? '1' : '2',
        CI: 'true',
        GITHUB_ACTIONS: 'true',
        GITHUB_OUTPUT: output,
      }
      const values: Record<string, string> = {
        'secrets.MOGPLEX_API_KEY': await key(),
        'github.repository': REPO,
      }
      const filled = (variables: Readonly<Record<string, string>> = {}): Record<string, string> =>
        Object.fromEntries(
          Object.entries(variables).map(([name, value]) => [
            name,
            value.replaceAll(/\$\{\{ (.*?) \}\}/g, (_, what: string) => values[what] ?? ''),
          ]),
        )
      const codes: (number | undefined)[] = []
      for (const step of steps) {
        if (INSTALLING.test(step.run) || step.if !== undefined) continue
        const result = await bash(step.run, {...given, ...filled(jobEnv), ...filled(step.env)})
        expect(result.stderr, step.run).to.equal('')
        codes.push(result.code)
        const [, run = ''] = /^run=(.+)$/m.exec(await readFile(output, 'utf8')) ?? []
        values['steps.start.outputs.run'] = run
        if (step.run.includes('--follow')) {
          expect(jsonLines(result).at(-1)).to.include({runId: run})
        }
      }
      expect(codes).to.deep.equal([0, 0, prompt === 'fail' ? 1 : 0])
      const last = steps.at(-1)
      expect(last?.if).to.include('cancelled()')
      const cancel = await bash(last?.run ?? '', {...filled(jobEnv), ...filled(last?.env)})
      expect(cancel.code, cancel.stderr).to.equal(0)
      // A repeated step finds the existing run.
      const start = steps.find(({id}) => id === 'start')
      expect((await bash(start?.run ?? '', {...given, ...filled(jobEnv)})).code).to.equal(0)
      expect(await readFile(join(stage.home, 'run.json'), 'utf8'))
        .to.include('"replayed":true')
        .and.to.include(values['steps.start.outputs.run'])
    })
  }

  it('run in GitLab CI', async () => {
    const {script, variables} = (
      parse(block('yaml', 'GitLab CI')) as {
        'nightly-agent': {script: string[]; variables: Record<string, string>}
      }
    )['nightly-agent']
    const env = {MOGPLEX_API_KEY: await key(), CI: 'true', CI_JOB_ID: '23', ...variables}
    const lines = script.filter((line) => !INSTALLING.test(line))
    const {code, stderr} = await bash(lines.join('\n'), env)
    expect(code, stderr).to.equal(0)
    const written = await readFile(join(stage.home, 'run.ndjson'), 'utf8')
    const last: unknown = JSON.parse(written.trim().split('\n').at(-1) ?? '')
    expect(last).to.include({status: 'success'})
  })

  it('run from cron, once a day, with a login; an ended sign-in is reported', async () => {
    await stage.putLogin()
    await writeFile(join(stage.home, 'nightly-agent.md'), 'Mend the tests.\n')
    const script = join(stage.home, 'nightly-agent')
    await writeFile(script, block('bash', 'cron'))
    await chmod(script, 0o755)
    const [first, second] = [await bash(script), await bash(script)]
    for (const {code, stdout, stderr} of [first, second]) {
      expect([code, stdout, stderr]).to.deep.equal([0, '', ''])
    }
    const log = await readFile(join(stage.home, 'nightly-agent.log'), 'utf8')
    expect(log).to.match(/^Run \S+ was started before, with the key nightly-\d{4}-\d\d-\d\d\.\n/)
    await bash('mogplex logout')
    const over = await bash(script)
    expect([over.code, over.stdout]).to.deep.equal([64, 'Sign in again: mogplex login\n'])
  })
})
