import {homedir} from 'node:os'
import {isAbsolute, join} from 'node:path'
import type {Config} from '@oclif/core'
import {projectRootOf} from './adapters/project-root.js'
import * as folders from './adapters/skill-folders.js'
import {readSkillSource, skillFoldersIn} from './adapters/skill-folders/source.js'
import {LocalFileError} from './domain/errors.js'
import {
  SKILL_HOST_IDS,
  distinctPlaces,
  type SkillHostId,
  type SkillPlace,
  skillPlaces,
  type SkillScope,
} from './domain/skill-hosts.js'
import type {SkillOutcome} from './domain/skill-plan.js'
import {contributedSkills} from './services/contributed-skills.js'
import {installSkills, type Look, type SkillsRequest} from './services/install-skills.js'
import {type ListedSkill, listSkills} from './services/list-skills.js'
import {removeSkills} from './services/remove-skills.js'

/** The user or project for which skills are installed or removed. */
interface SkillTargets {
  readonly scope: SkillScope
  readonly hosts: readonly SkillHostId[]
}

/** The skills that plugins contribute to agent hosts. */
interface Skills {
  readonly list: () => ListedSkill[]
  readonly install: (request: SkillsRequest & SkillTargets) => SkillOutcome[]
  readonly remove: (request: SkillsRequest & SkillTargets) => SkillOutcome[]
}

/** @throws {LocalFileError} exit 1, when the user has no home folder */
export async function composeSkills({plugins}: Pick<Config, 'plugins'>): Promise<Skills> {
  const home = homeFolder()
  const project = projectRootOf(process.cwd(), home)
  const contributions = await contributedSkills([...plugins.values()], {
    foldersIn: skillFoldersIn,
    readSource: readSkillSource,
  })
  const look: Look = ({scope, folder}, name) => {
    const path = join(folder, name)
    const found = folders.skillFolderAt(path, scope === 'project' ? project : undefined)
    return {path, real: join(folders.realFolder(folder), name), found}
  }
  const placesOf = (scope: SkillScope, hosts: readonly SkillHostId[]): SkillPlace[] => {
    const base = scope === 'project' ? project : home
    return distinctPlaces(skillPlaces(hosts, {env: process.env, scope, base}), folders.realFolder)
  }
  return {
    list() {
      const all = (['user', 'project'] as const).flatMap((scope) => placesOf(scope, SKILL_HOST_IDS))
      return listSkills({contributions, look, places: distinctPlaces(all, folders.realFolder)})
    },
    install({scope, hosts, ...request}) {
      const places = placesOf(scope, hosts)
      return installSkills({contributions, places, look, install: folders.installSkill}, request)
    },
    remove({scope, hosts, ...request}) {
      const places = placesOf(scope, hosts)
      const ours = ({folder}: SkillPlace) => folders.ourSkillsIn(folder)
      const ports = {contributions, look, places, ours, remove: folders.removeSkill}
      return removeSkills(ports, request)
    },
  }
}

function homeFolder(): string {
  const folder = homedir()
  if (isAbsolute(folder)) return folder
  throw new LocalFileError('No home folder was found in which to look for skills.', 'Set HOME.')
}
