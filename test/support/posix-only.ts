/**
 * Unit tests of POSIX features, by their full titles, grouped by the reason for which they are
 * skipped on Windows and under Wine. Remove a title when the test runs there.
 */
const BY_REASON = {
  'files have no modes there': [
    'AuthFile read says so when it takes the rights of others away',
    'AuthFile store repairs the modes of home and file',
    'HistoryFile takes the rights of others away, on reading too',
    'HostFile is empty where it is not there, and makes its folder',
    'HostedFiles takes the rights of others away when it reads',
    'HostedFiles writes for the owner alone, in folders for the owner alone, whatever the umask',
    'cacheProbe finds a folder into which others may write, and closes its own',
    'cacheProbe finds damaged entries, and removes them alone',
    'ensureFolder leaves a folder alone that is tighter',
    'ensureFolder makes folders with mode 0700 under umask 0000',
    'ensureFolder makes folders with mode 0700 under umask 0022',
    'ensureFolder makes folders with mode 0700 under umask 0777',
    'ensureFolder refuses a folder that is everybody’s',
    'ensureFolder takes the rights of others away, and leaves folders above alone',
    'exposureOf is nothing for a file that is its owner’s alone',
    'readAuthFile closes a home in which others could read secrets, and names those, once',
    'readAuthFile closes a home in which others could write, and says so once',
    'readAuthFile leaves the mode of a file alone that only its owner can read',
    'readAuthFile says nothing of a home in which others saw names only, or which is for everybody',
    'readAuthFile takes mode 604 back to 600, and says so once',
    'readAuthFile takes mode 640 back to 600, and says so once',
    'readAuthFile takes mode 644 back to 600, and says so once',
    'readAuthFile takes mode 666 back to 600, and says so once',
    'replaceFile takes the rights of others away from a file that it replaces',
    'the folders of skills contain nothing executable, and nothing that others may write',
    'the folders of skills respect the umask',
    'withOwnFile takes the rights of others away, and tells the work what they were',
  ],
  'the access list of the profile decides there, not the drive': [
    'a drive without modes that ignores them keeps a credential, which is said when it is stored',
    'a drive without modes that refuses them keeps a credential, which is said when it is stored',
  ],
  'links are for administrators there, and Wine makes none': [
    'AuthFile read reads through a chain of links',
    'AuthFile store writes through a link, which stays, and keeps what was broken in home',
    'FileLock that is no file is taken over after a while when it is a link, wherever that leads',
    'HistoryFile follows no link',
    'HostFile follows links, also to what is not there, and keeps the mode of what is',
    'HostedFiles reads, changes and removes nothing outside, wherever links lead',
    'KeptFile follows no link, and takes what is broken for nothing',
    'ModelChoiceFile replaces a link in its place, and leaves alone where it leads',
    'RefreshJournal does not wait at a link in its place, and replaces it',
    'RefreshJournal is one for two homes that are linked to one file',
    'SessionLog ends when the file is gone, and when another one, or a link, is in its place',
    'SessionLog follows no dangling link, either',
    'SessionLog follows no link in its own place',
    'SessionLog writes and removes nothing in a folder that a link leads to',
    'cacheProbe finds a link in the place of it',
    'contributions loads no module that a link leads to, out of the plugin',
    'ensureFolder follows a link, and makes its target where it is missing',
    'ensureFolder makes a folder in it, which may be no link',
    'ensureFolder refuses links that lead in a circle',
    'keepAside replaces nothing: a name that is taken gets a number',
    'mayHaveLeftovers looks beside the file at the end of the links',
    'projectRootOf recognises the home folder by any path: through a link, or on a case-insensitive disk',
    'readAuthFile refuses links that lead in a circle',
    'readPluginList throws where settings lead out of the plugin: commands by a link',
    'readSkillSource refuses links that lead out of the plugin',
    'readSkillSource reads it in a plugin that is linked',
    'readSkillSource says why it is unusable with a link',
    'readSkillSource says why it is unusable with a link to a folder',
    'replaceFile keeps a dangling link and makes its target, into a missing folder too',
    'replaceFile refuses links that lead in a circle',
    'replaceFile replaces a link, wherever it leads, and leaves that alone',
    'replaceFile replaces what is at the end of a chain of links, as prepareTarget finds it',
    'the folders of skills are refused where a link leads out of the project, and accepted where it stays inside',
    'the folders of skills are refused where a link or a file is at their path',
    'the folders of skills count as up to date where a link leads to our own copy, and are not removed there',
    'the folders of skills show that they were edited when a file became a link',
    'the folders of skills report an obstacle in a parent folder',
    'withOwnFile follows a link where that is allowed',
    'withOwnFile refuses a link that leads nowhere, without waiting, and changes nothing',
    'withOwnFile refuses a link to a file, without waiting, and changes nothing',
    'withOwnFile refuses a link to itself, without waiting, and changes nothing',
  ],
  'no pipe, socket or device has a name among files there': [
    'HistoryFile does not wait at a FIFO',
    'HostedFiles takes what it cannot read for no copy, without waiting',
    'RefreshJournal does not wait at a FIFO in its place, and replaces it',
    'linesOf refuses what is no file, is a link, or is too large, and waits for nobody',
    'originOf does not block on a pipe, follows no cycle, and reads nothing that is large',
    'readAuthFile refuses a device',
    'readAuthFile refuses a socket',
    'readSkillSource says why it is unusable with a pipe',
    'readSkillSource says why it is unusable with a pipe for a SKILL.md',
    'withOwnFile refuses a FIFO, without waiting, and changes nothing',
    'withOwnFile refuses a socket, without waiting, and changes nothing',
  ],
  'a path through a file, or one too long, is "not there" there': [
    'linesOf fails where a part of the path is a file',
    'readAuthFile refuses a file in the place of the home folder',
    'replaceFile leaves no temporary file when its name would be too long',
    'replaceFile refuses a path that leads through a file',
  ],
  'no process sends itself a signal there, or is in the background of a terminal': [
    'RawTerminal takes the terminal when it comes to the foreground, and sets its mode anew',
    'withSignalsWaiting ends the work first, and then lets SIGHUP end the process',
    'withSignalsWaiting ends the work first, and then lets SIGINT end the process',
    'withSignalsWaiting ends the work first, and then lets SIGTERM end the process',
    'withSignalsWaiting gives the work up at the second signal',
    'withSignalsWaiting gives the work up when it goes on for too long after a signal',
    'withSignalsWaiting leaves a signal to those who listen to it',
  ],
  'Wine loses lines of two processes that append, as a program without us shows': [
    'HistoryFile loses no entry of two processes that add at the same time',
  ],
} as const

/** None of it applies to Windows. */
const SUITES = {'CodeCache ': 'no compiled code is kept there'}

const BY_TITLE = new Map<string, string>(
  Object.entries(BY_REASON).flatMap(([reason, titles]) =>
    titles.map((title) => [title, reason] as const),
  ),
)

/** Titles on the list that a whole run under Windows did not report as skipped. */
export function staleTitles(printed: string): string[] {
  const skipped = [...printed.matchAll(/- (.+) \(skipped: .+\)/g)].map(([, title = '']) => title)
  return [...BY_TITLE.keys()].filter((title) => !skipped.some((leaf) => title.endsWith(leaf)))
}

/** Why a test is skipped on Windows, by its full title; `undefined` where it is not. */
export function whyPosixOnly(title: string): string | undefined {
  const suite = Object.entries(SUITES).find(([beginning]) => title.startsWith(beginning))
  return suite?.[1] ?? BY_TITLE.get(title)
}
