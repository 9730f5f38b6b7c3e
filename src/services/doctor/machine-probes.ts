import {browserFinding, type BrowserFacts} from '../../domain/doctor/browser.js'
import {fine, type Finding, unknown, wrong} from '../../domain/doctor/finding.js'
import {type UnopenedPort, unopenedText} from '../../domain/login/unopened-ports.js'
import {showingListener} from '../../domain/platform/machine-commands.js'
import {LOCAL_LIMIT_MS, type Probe} from './probe.js'

interface PortsPorts {
  /** `undefined` where the settings are invalid. */
  readonly ports: readonly number[] | undefined
  readonly unopened: (ports: readonly number[]) => Promise<UnopenedPort[]>
}

/** The ports for the browser's redirect after a sign-in. */
export function portsProbe({ports, unopened}: PortsPorts): Probe {
  const look = async (): Promise<Finding[]> => {
    if (ports === undefined) {
      return [unknown('ports', 'not checked while a variable cannot be used')]
    }
    const taken = await unopened(ports)
    const [port] = ports.filter((each) => !taken.some((other) => other.port === each))
    const why = unopenedText(taken)
    if (port === undefined) {
      const what = `${why}, so that no browser can come back from a sign-in`
      const first = taken.find(({code}) => code === 'EADDRINUSE')?.port
      const remedy =
        first === undefined
          ? 'Paste the address at which the browser ends into `mogplex login`.'
          : showingListener(first)
      return [wrong('ports', what, remedy)]
    }
    return [fine('ports', taken.length === 0 ? 'free' : `${why}; ${port} is free`)]
  }
  return {id: 'ports', limitMs: LOCAL_LIMIT_MS, look}
}

/** The program that opens the sign-in page. */
export function browserProbe(facts: () => BrowserFacts): Probe {
  return {id: 'browser', limitMs: LOCAL_LIMIT_MS, look: () => [browserFinding(facts())]}
}

interface ProgramFacts {
  readonly version: string
  /** The version of Node, without `v`. */
  readonly node: string
  readonly platform: string
  readonly arch: string
}

/** Reported first: which mogplex runs, on which system. */
export function programProbe({version, node, platform, arch}: ProgramFacts): Probe {
  const what = `mogplex ${version}, Node ${node}, ${platform} ${arch}`
  const [major = 0] = node.split('.').map(Number)
  const look = (): Finding[] => [
    major % 2 === 1 && major < 27
      ? wrong(
          'program',
          `${what}: this Node is no longer supported`,
          'Install Node 22, 24 or later.',
        )
      : fine('program', what),
  ]
  return {id: 'program', limitMs: LOCAL_LIMIT_MS, look}
}
