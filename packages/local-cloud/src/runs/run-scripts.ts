import {hostileSteps} from './hostile-steps.js'
import {type ScriptStep, type RunScript, tell} from './run-script.js'

const BEGIN = [
  [0, {type: 'started', message: 'Sandbox ready, the agent starts.'}],
  [1, {type: 'status_changed', payload: {from: 'pending', to: 'streaming'}}],
] as const

const LOOK = [
  [1, {type: 'log', message: 'I will run the tests first, to see what fails.'}],
  [1, {type: 'tool_started', toolName: 'shell', message: 'npm test'}],
  [
    4,
    {
      type: 'tool_finished',
      toolName: 'shell',
      message:
        '41 tests, 3 failed\n  carry: adds 9 and 1\n  carry: adds 99 and 1\n  carry: 5 digits',
      payload: {exitCode: 1, durationMs: 3912},
    },
  ],
  [2, {type: 'log', message: 'All three add a carry. It is lost at the last digit.'}],
  [1, {type: 'tool_started', toolName: 'read_file', message: 'src/carry.ts'}],
  [1, {type: 'tool_finished', toolName: 'read_file', payload: {lines: 84}}],
] as const

const MEND = [
  [1, {type: 'tool_started', toolName: 'apply_patch', message: 'src/carry.ts'}],
  [1, {type: 'tool_finished', toolName: 'apply_patch', message: '1 file changed, +2 -1'}],
  [1, {type: 'tool_started', toolName: 'shell', message: 'npm test'}],
  [
    4,
    {type: 'tool_finished', toolName: 'shell', message: '41 tests passed', payload: {exitCode: 0}},
  ],
  [1, {type: 'log', message: 'The carry goes on to a new digit now: 99 + 1 = 100. ✅ 桁上がり'}],
  [1, {type: 'finished', message: 'Tests pass, the branch is pushed.'}],
] as const

const END_SECONDS = 20
const LONG = 450

const success = (scenes: readonly ScriptStep[]): RunScript => ({
  scenes,
  end: {at: (scenes.at(-1)?.at ?? 0) + 0.5, status: 'success'},
})

const failing: RunScript = {
  scenes: tell([
    ...BEGIN,
    ...LOOK,
    [2, {type: 'failed', message: 'The sandbox ran out of memory.', payload: {signal: 'SIGKILL'}}],
  ]),
  end: {at: END_SECONDS, status: 'failed', error: 'The sandbox ran out of memory.'},
}

/** Scripts that a prompt can request: the first of these words in it decides. */
const BY_WORD: readonly (readonly [word: RegExp, story: () => RunScript])[] = [
  [/\bfail/i, () => failing],
  [/\blong\b/i, longScript],
  [/\bhostile\b/i, () => success(tell([...BEGIN, ...hostileSteps(), ...MEND]))],
  [/\bpause/i, () => success(tell([...BEGIN, ...LOOK, pauseOf(45), ...MEND]))],
  [/\bquiet\b/i, () => ({scenes: tell(BEGIN)})],
]

/**
 * The script for a prompt: an agent that fixes tests in about 20 seconds, unless a word requests
 * another.
 */
export function scriptFor(prompt: string): RunScript {
  const [, make] = BY_WORD.find(([word]) => word.test(prompt)) ?? []
  return make?.() ?? success(tell([...BEGIN, ...LOOK, ...MEND]))
}

/** More events than the API shows of a run. */
function longScript(): RunScript {
  const scenes = Array.from({length: LONG - BEGIN.length - 1}, (_, index) => {
    return [0.04, {type: 'log', message: `Looking at file ${index + 1} of ${LONG}.`}] as const
  })
  return success(tell([...BEGIN, ...scenes, [1, {type: 'finished', message: 'All files seen.'}]]))
}

function pauseOf(seconds: number) {
  return [seconds, {type: 'log', message: 'That took a while. Now I know.'}] as const
}
