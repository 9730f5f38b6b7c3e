/**
 * Unit tests of POSIX features, by their full titles, grouped by the reason for which they are
 * skipped on Windows and under Wine. Remove a title when the test runs there.
 */
const BY_REASON = {
  'files have no modes there': [
    'AuthFile read reports that it removes the permissions of others',
    'AuthFile store repairs the modes of home and file',
    'HistoryFile removes the permissions of others, on reading too',
    'HostFile is empty where it does not exist, and creates its folder',
    'HostedFiles removes the permissions of others when it reads',
    'HostedFiles writes for the owner only, in folders for the owner only, whatever the umask',
    'cacheProbe finds a folder into which others may write, and restricts its own',
    'cacheProbe finds damaged entries, and removes only those',
    'ensureFolder leaves a stricter folder alone',
    'ensureFolder creates folders with mode 0700 under umask 0000',
    'ensureFolder creates folders with mode 0700 under umask 0022',
    'ensureFolder creates folders with mode 0700 under umask 0777',
    'ensureFolder refuses a folder that everybody shares',
    'ensureFolder removes the permissions of others, and leaves parent folders alone',
    'ensureFolder says whether a folder could not be made, or not be closed to others',
    'exposureOf is nothing for a file that only its owner can read',
    'readAuthFile restricts a home in which others could read secrets, and names those, once',
    'readAuthFile restricts a home in which others could write, and reports it once',
    'readAuthFile does not change the mode of a file that only its owner can read',
    'readAuthFile prints nothing for a home in which others saw only names, or which is for everybody',
    'readAuthFile restores mode 604 to 600, and reports it once',
    'readAuthFile restores mode 640 to 600, and reports it once',
    'readAuthFile restores mode 644 to 600, and reports it once',
    'readAuthFile restores mode 666 to 600, and reports it once',
    'replaceFile removes the permissions of others from a file that it replaces',
    'the folders of skills contain nothing executable, and nothing that others may write',
    'the folders of skills respect the umask',
    'withOwnFile removes the permissions of others, and passes the old mode to the work',
  ],
  'the access list of the profile decides there, not the drive': [
    'a drive without modes that ignores them stores a credential, with a warning when it is stored',
    'a drive without modes that refuses them stores a credential, with a warning when it is stored',
  ],
  'links are for administrators there, and Wine makes none': [
    'AuthFile read reads through a chain of links',
    'AuthFile store writes through a link, which stays, and saves broken contents in home',
    'FileLock that is not a file is taken over after a while when it is a link, wherever that leads',
    'HistoryFile follows no link',
    'HostFile follows links, even to missing files, and keeps the mode of existing ones',
    'HostedFiles reads, changes and removes nothing outside, wherever links lead',
    'KeptFile follows no link, and treats a broken file as empty',
    'ModelChoiceFile replaces a link in its place, and leaves its target alone',
    'RefreshJournal does not block on a link in its place, and replaces it',
    'RefreshJournal is shared by two homes that are linked to one file',
    'SessionLog ends when the file is gone, and when another one, or a link, is in its place',
    'SessionLog follows no dangling link, either',
    'SessionLog follows no link in its place',
    'SessionLog writes and removes nothing in a folder that is linked',
    'cacheProbe finds a link in its place',
    'contributions loads no module through a link out of the plugin',
    'ensureFolder follows a link, and creates its target where it is missing',
    'ensureFolder creates a folder in it, which must not be a link',
    'ensureFolder refuses circular links',
    'keepAside replaces nothing: when a name is taken, a number is appended',
    'mayHaveLeftovers checks beside the file at the end of the links',
    'projectRootOf recognises the home folder by any path: through a link, or on a case-insensitive disk',
    'readAuthFile refuses circular links',
    'readPluginList throws where settings lead out of the plugin: commands by a link',
    'readSkillSource refuses links that lead out of the plugin',
    'readSkillSource reads it in a plugin that is linked',
    'readSkillSource says why it is unusable with a link',
    'readSkillSource says why it is unusable with a link to a folder',
    'replaceFile keeps a dangling link and creates its target, even in a missing folder',
    'replaceFile refuses circular links',
    'replaceFile replaces a link, and leaves its target alone',
    'replaceFile replaces the file at the end of a chain of links, as prepareTarget finds it',
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
    'HistoryFile does not block on a FIFO',
    'HostedFiles treats what it cannot read as absent, without waiting',
    'RefreshJournal does not block on a FIFO in its place, and replaces it',
    'linesOf refuses anything but a file, a link, and a file that is too large, without blocking',
    'originOf does not block on a pipe, follows no cycle, and reads nothing that is large',
    'readAuthFile refuses a device',
    'readAuthFile refuses a socket',
    'readSkillSource says why it is unusable with a pipe',
    'readSkillSource says why it is unusable with a pipe for a SKILL.md',
    'withOwnFile refuses a FIFO, without waiting, and changes nothing',
    'withOwnFile refuses a socket, without waiting, and changes nothing',
  ],
  'a path through a file, or one too long, is "not there" there': [
    'linesOf fails where a parent of the path is a file',
    'readAuthFile refuses a file in the place of the home folder',
    'replaceFile leaves no temporary file when its name would be too long',
    'replaceFile refuses a path that leads through a file',
  ],
  'no process sends itself a signal there, or is in the background of a terminal': [
    'RawTerminal uses the terminal when it comes to the foreground, and sets its mode again',
    'withSignalsWaiting ends the work first, and then lets SIGHUP end the process',
    'withSignalsWaiting ends the work first, and then lets SIGINT end the process',
    'withSignalsWaiting ends the work first, and then lets SIGTERM end the process',
    'withSignalsWaiting abandons the work on the second signal',
    'withSignalsWaiting abandons the work when it takes too long after a signal',
    'withSignalsWaiting leaves a signal to its listeners',
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
