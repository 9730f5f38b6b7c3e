import headless from '@xterm/headless'
import {expect} from 'chai'
import {expectExit, jsonLines} from '../support/answers.js'
import {RUN_ID} from '../support/make-run.js'
import {preload} from '../support/preload.js'
import {logEvent, scriptRun} from '../support/scripted-run.js'
import {setStage} from '../support/sign-in-stage.js'
import {TERMINAL_ATTACKS} from '../support/terminal-attacks.js'

/** Everything that the live view may send to a terminal: colours, its own lines, the cursor. */
const OURS = /\u001B\[(?:\d{1,2}(?:;\d{1,2})*m|\d*A|[JK]|\?25[hl]|\?7[hl]|\?2026[hl])/g
const CONTROLS =
  /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]|\uDB40[\uDC00-\uDC7F]/
const MEGABYTE = 'x'.repeat(1_000_000)
const AN_EVENT = 8
const ATTACKS = TERMINAL_ATTACKS.join('.')

/**
 * Events whose texts start and end with visible marks, with attacks between; some in each field.
 */
const EVENTS = Array.from({length: Math.ceil(TERMINAL_ATTACKS.length / AN_EVENT)}, (_, index) => {
  const attacks = TERMINAL_ATTACKS.slice(index * AN_EVENT, (index + 1) * AN_EVENT)
  const attack = attacks.join('.')
  const hostile = {...logEvent(index), message: `begin${index} ${attack} end${index}.`}
  if (index % 4 === 1) return {...hostile, type: `log${attack}`}
  if (index % 4 === 2) return {...hostile, toolName: attack, createdAt: attack}
  const payload = {[`begin${index}`]: attack, [attack]: `end${index}.`}
  return index % 4 === 3 ? {...hostile, message: null, payload} : hostile
})

describe('mogplex attach to a run with hostile texts', function () {
  this.timeout(120_000)
  const stage = setStage()
  beforeEach(() => Object.assign(stage.env, preload('quick-pauses.cjs')))

  function tell(runId = RUN_ID): void {
    const last = {...logEvent(EVENTS.length), type: 'failed', message: MEGABYTE}
    const run = {
      harness: `codex${ATTACKS}`,
      repoId: `repo${ATTACKS}`,
      error: `error${ATTACKS}`,
      branch: {base: `base${ATTACKS}`, working: `work${ATTACKS}`},
    }
    const script = [
      {status: `odd${ATTACKS}`, run, events: EVENTS.slice(0, 3)},
      {status: 'failed', run, events: [...EVENTS, last]},
    ]
    scriptRun(stage, script, runId)
  }

  /** Each event is shown in order and in its place, from its start to its end. */
  function expectAllSeen(text: string): void {
    let from = 0
    for (const [index] of EVENTS.entries()) {
      const begin = text.indexOf(`begin${index}`, from)
      const end = text.indexOf(`end${index}.`, begin)
      expect(begin, `the beginning of event ${index}`).to.be.above(-1)
      expect(end, `the end of event ${index}`).to.be.above(begin)
      const line = text.slice(text.lastIndexOf('\n', begin) + 1, begin)
      expect(line, `event ${index}`).to.match(/^(\d\d:\d\d:\d\d|--:--:--) {2}/)
      from = end
    }
    expect(text).to.match(/x+\s*… 999,200 more characters|x+\s*… 998,000 more characters/)
    expect(text.slice(from)).to.match(/\n.*\bfailed\b.*: error/)
  }

  before('there are at most as many events as the service shows', () => {
    expect(EVENTS).to.have.length.within(100, 199)
  })

  it('shows them all at a terminal, without any effect on it', async () => {
    await stage.putLogin()
    tell()
    const terminal = stage.terminal(['attach', RUN_ID, '--no-notify'], {columns: 100, rows: 30})
    expect((await terminal.exit).code).to.equal(1)
    expect(
      terminal.raw().replaceAll('\r\n', '\n').replace(OURS, '').replaceAll('\r', ''),
    ).not.to.match(CONTROLS)
    expectAllSeen(terminal.scrollback())
    expect(await doings(terminal.raw())).to.deep.equal([])
  })

  it('shows them all in a pipe, and as JSON, without control characters', async () => {
    await stage.putLogin()
    for (const runId of ['run_text', 'run_json']) tell(runId)
    const [text, json] = await Promise.all([
      stage.run(['attach', 'run_text'], {timeoutMs: 60_000}),
      stage.run(['attach', 'run_json', '--json'], {timeoutMs: 60_000}),
    ])
    for (const result of [text, json]) {
      expectExit(result, 1)
      expect(result.stdout).not.to.match(CONTROLS)
    }
    expectAllSeen(text.stdout)
    const lines = jsonLines(json) as {id?: string; message?: string}[]
    expect(lines.slice(0, EVENTS.length)).to.deep.equal(EVENTS)
    expect(lines.at(-2)?.message).to.equal(MEGABYTE)
  })
})

/** Effects on a terminal emulator that a run must not have: titles, bells, strings. */
async function doings(raw: string): Promise<string[]> {
  const done: string[] = []
  const emulator = new headless.Terminal({allowProposedApi: true, cols: 100, rows: 30})
  emulator.onTitleChange((title) => done.push(`title ${title}`))
  emulator.onBell(() => done.push('bell'))
  emulator.onData((data) => done.push(`answer ${data}`))
  for (const id of [0, 1, 2, 4, 8, 52, 1337]) {
    emulator.parser.registerOscHandler(id, () => Boolean(done.push(`OSC ${id}`)))
  }
  await new Promise<void>((resolve) => emulator.write(raw, resolve))
  emulator.dispose()
  return done
}
