import {type ListedProfile, profileWho} from '../../domain/profile/listed-profile.js'
import type {MenuChoice} from '../../terminal/menu.js'
import type {AppContext} from './app-context.js'
import type {AppSlashCommand} from './app-slash-command.js'

/** `/profile NAME`: switches to another account, by name, or from a list. */
export const profile: AppSlashCommand<AppContext> = {
  name: 'profile',
  argument: 'NAME',
  summary: 'Switch to another account',
  async run(context, [named]) {
    const {profiles, pick, enter} = context
    const name = named ?? (await pick('Which profile?', choicesOf(profiles.list()), isMeant))
    if (name === undefined) return
    profiles.require(name)
    enter(name)
  },
}

function choicesOf(profiles: readonly ListedProfile[]): MenuChoice<string>[] {
  return profiles.map((each) => ({
    value: each.name,
    name: each.chosenBy === undefined ? each.name : `${each.name}  (current)`,
    description: profileWho(each),
  }))
}

function isMeant(name: string, typed: string): boolean {
  return name.startsWith(typed.toLowerCase())
}
