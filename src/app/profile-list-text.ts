import {type ListedProfile, profileWho} from '../domain/profile/listed-profile.js'
import {hostOf} from '../domain/network/addresses.js'
import {printable} from '../domain/text/printable.js'
import {type Column, table} from '../terminal/table.js'
import type {ListDisplayOptions} from './hosted-text.js'
import {chosenByText, shortPath} from './names.js'

/** The profiles, for people. */
export function profileListText(
  profiles: readonly ListedProfile[],
  {palette, columns, homeFolder}: ListDisplayOptions,
): string {
  const all: readonly Column<ListedProfile>[] = [
    {title: 'profile', cell: ({name}) => name},
    {title: 'account', cell: profileWho},
    {title: 'at', cell: ({issuer}) => (issuer === undefined ? '' : hostOf(printable(issuer)))},
    {
      title: 'pinned to',
      cell: ({pinnedTo}) => pinnedTo.map((folder) => shortPath(folder, homeFolder)).join(', '),
      shrinks: true,
    },
    {
      title: 'in use',
      cell: ({chosenBy}) => (chosenBy === undefined ? '' : chosenByText(chosenBy, homeFolder)),
    },
  ]
  return table(profiles, all, {palette, columns})
}

/** The problems of a profile, one per line. */
export function profileProblems(profiles: readonly ListedProfile[]): string[] {
  return profiles.flatMap(({name, problem}) =>
    problem === undefined ? [] : [`The profile ${name} cannot be used: ${problem}`],
  )
}
