import type {SlashCommand} from '@mogplex/plugin-kit'
import {originOf} from '../adapters/git-origin.js'
import {UsageError} from '../domain/errors.js'
import {checkedPrompt} from '../domain/prompt.js'
import {isId, isName} from '../domain/repository.js'
import {chooseRepository} from '../services/choose-repository.js'
import {noteRepositories} from '../services/note-repositories.js'
import {listRepositories} from '../services/repositories.js'
import {startRun} from '../services/start-run.js'
import {startPorts} from '../start-ports.js'
import {keyText} from '../text/started-text.js'

/**
 * `/run OWNER/NAME PROMPT`: starts a run, and follows it. Without a name, the user chooses the
 * repository, with the origin of the folder first.
 */
export const slashRun: SlashCommand = async ({args, text, session, signal, print, run}) => {
  const [first = ''] = args
  const wanted = isId(first) || isName(first) ? first : undefined
  const prompt = (wanted === undefined ? text : text.trim().slice(first.length)).trim()
  if (prompt === '')
    throw new UsageError('The prompt is missing.', 'Type /run OWNER/NAME and what to do.')
  checkedPrompt(prompt)
  const repository = await chooseRepository(
    {
      session,
      signal,
      interactive: true,
      how: '/run OWNER/NAME PROMPT',
      origin: () => originOf(process.cwd()),
    },
    wanted,
  )
  await noteRepositories(session, [repository])
  const started = await startRun(
    {
      session,
      signal,
      ...startPorts(),
      onKey(key, how) {
        const said = keyText(key, how, {isOwn: false, isTerminal: true})
        if (said !== undefined) print(said)
      },
    },
    {repoId: repository.id, prompt},
    undefined,
  )
  const {id} = started.run
  const word = started.isReplayed ? 'was started before' : 'is started'
  print(`Run ${id} ${word} in ${repository.name}, with the key ${started.key}.`)
  await run(`/attach ${id}`)
}

slashRun.complete = async (prefix, {session, signal}) => {
  const found = await listRepositories(session, {q: prefix, signal})
  return found.map(({name, defaultBranch}) => ({value: name, summary: defaultBranch}))
}
