import {homedir} from 'node:os'
import {isAbsolute, join} from 'node:path'
import type {Interfaces} from '@oclif/core'
import {LocalFileError} from '../domain/errors/local-files.js'
import {
  SKILL_HOST_IDS,
  distinctPlaces,
  type SkillHostId,
  type SkillPlace,
  skillPlaces,
  type SkillScope,
} from '../domain/skills/skill-hosts.js'
import type {SkillOutcome} from '../domain/skills/skill-plan.js'
import type {FoundSkill} from '../domain/skills/skill-standing.js'
import {observedSkills} from '../recording/observed-work.js'
import type {SkillsRequest} from '../services/install-skills.js'
import {type ListedSkill, listSkills} from '../services/list-skills.js'
import type {World} from './world.js'

/** For whom skills are installed or removed. */
export interface SkillTargets {
  readonly scope: SkillScope
  readonly hosts: readonly SkillHostId[]
}

/** The skills that plugins contribute to agent hosts. */
export interface Skills {
  readonly list: () => ListedSkill[]
  readonly install: (request: SkillsRequest & SkillTargets) => Promise<SkillOutcome[]>
  readonly remove: (request: SkillsRequest & SkillTargets) => Promise<SkillOutcome[]>
}

type Plugins = Interfaces.Config['plugins']

/** @throws {LocalFileError} exit 1, when the user has no home folder */
export async function composeSkills(
  plugins: Plugins,
  {env, recorder}: Pick<World, 'env' | 'recorder'>,
): Promise<Skills> {
  const [folders, sources, {contributedSkills}, {projectRootOf}] = await Promise.all([
    import('../adapters/skill-folders.js'),
    import('../adapters/skill-folders/source.js'),
    import('../services/contributed-skills.js'),
    import('../adapters/project-root.js'),
  ])
  const home = homeFolder()
  const project = projectRootOf(process.cwd(), home)
  const contributions = await contributedSkills([...plugins.values()], {
    ...{foldersIn: sources.skillFoldersIn, readSource: sources.readSkillSource},
  })
  const look = ({scope, folder}: SkillPlace, name: string): {path: string; found: FoundSkill} => {
    const path = join(folder, name)
    return {path, found: folders.skillFolderAt(path, scope === 'project' ? project : undefined)}
  }
  const placesOf = (scope: SkillScope, hosts: readonly SkillHostId[]): SkillPlace[] => {
    const base = scope === 'project' ? project : home
    return distinctPlaces(skillPlaces(hosts, {env, scope, base}), folders.realFolder)
  }
  return {
    list() {
      const all = (['user', 'project'] as const).flatMap((scope) => placesOf(scope, SKILL_HOST_IDS))
      return listSkills({contributions, look, places: distinctPlaces(all, folders.realFolder)})
    },
    install: observedSkills(async ({scope, hosts, ...request}: SkillsRequest & SkillTargets) => {
      const {installSkills} = await import('../services/install-skills.js')
      const places = placesOf(scope, hosts)
      const {installSkill: install} = folders
      return installSkills({contributions, places, look, install}, request)
    }, recorder),
    remove: observedSkills(async ({scope, hosts, ...request}: SkillsRequest & SkillTargets) => {
      const {removeSkills} = await import('../services/remove-skills.js')
      const ports = {
        ...{contributions, look, places: placesOf(scope, hosts), remove: folders.removeSkill},
        ours: ({folder}: SkillPlace) => folders.ourSkillsIn(folder),
      }
      return removeSkills(ports, request)
    }, recorder),
  }
}

function homeFolder(): string {
  const folder = homedir()
  if (isAbsolute(folder)) return folder
  throw new LocalFileError('There is no home folder to look for skills in.', 'Set HOME.')
}
