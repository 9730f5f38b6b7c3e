import {AuthFile} from '../adapters/auth-file.js'
import * as inspection from '../adapters/inspection.js'
import {readReader} from '../adapters/reader.js'
import {RefreshJournal} from '../adapters/refresh-journal.js'
import {type ReportedFinding, reported} from '../domain/doctor/finding.js'
import {type Reader, shortener} from '../domain/doctor/shortened.js'
import {valueWord} from '../domain/platform/shell.js'
import {printable} from '../domain/text/printable.js'
import {guardOutput} from '../recording/guarded-output.js'
import {loadRedactor} from '../recording/redaction.js'
import {doMend} from '../services/doctor/mend.js'
import type {PluginsPorts} from '../services/doctor/plugins-probe.js'
import {examine} from '../services/examine.js'
import {composeProbes} from './doctor-probes.js'
import type {SharedServices} from './shared-services.js'

export interface DoctorRequest {
  /** Apply safe repairs. */
  readonly fix: boolean
  readonly plugins: PluginsPorts
  readonly version: string
  /** Called with each finding as it comes. */
  readonly tell: (finding: ReportedFinding) => void
  readonly signal?: AbortSignal | undefined
}

const LONGEST_TEXT = 600

/** Runs all checks. Files are read without repairing their permissions. */
export async function runDoctor(shared: SharedServices, request: DoctorRequest): Promise<boolean> {
  const redactor = await loadRedactor()
  guardOutput(redactor)
  const reader = makeReader(shared)
  const shorten = shortener(reader)
  const clean = (text: string): string =>
    printable(shorten(redactor.redactValues(text)), LONGEST_TEXT)
  const sweep = async (path: string): Promise<void> => {
    const {loadWriter} = shared
    const redact = async (text: string) => Promise.resolve(redactor.redact(text))
    const authFile = new AuthFile({path, codexHome: false, loadWriter})
    await Promise.all([authFile.sweep(), new RefreshJournal({path, loadWriter, redact}).sweep()])
  }
  const {setMode, removeFile: remove} = inspection
  const found = await examine({
    probes: composeProbes(shared, request.plugins, request.version),
    mend: request.fix ? async (mend) => doMend({setMode, remove, sweep}, mend) : undefined,
    tell: ({mended, findings}) =>
      findings.forEach((finding, index) =>
        request.tell(reported(finding, index === 0 ? mended : [], clean)),
      ),
    signal: request.signal,
  })
  return found.every(({state}) => state === 'fine')
}

/** What identifies the reader: the home, where it is not one of the user's folders, and servers. */
function makeReader({env, profile, authFile}: SharedServices): Reader {
  const reader = readReader(env)
  const {from, path} = profile.home
  const own = from === 'default' ? [] : [[path, valueWord(from)] as const]
  return {
    ...reader,
    folders: [...reader.folders, ...own],
    addresses: [...reader.addresses, ...storedAddresses(authFile.path)],
  }
}

function storedAddresses(path: string): string[] {
  try {
    const loadWriter = async (): Promise<never> => Promise.reject(new Error('Nothing is written.'))
    const {entries} = new AuthFile({path, codexHome: false, loadWriter, leavesModes: true}).read()
    return entries.flatMap((entry) =>
      entry.state === 'usable'
        ? [entry.credential.issuer ?? '', entry.credential.baseUrl ?? '']
        : [],
    )
  } catch {
    return []
  }
}
