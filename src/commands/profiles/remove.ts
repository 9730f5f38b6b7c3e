import {MogplexCommand} from '@mogplex/plugin-kit'
import {Args} from '@oclif/core'
import {mayRemoveCopies} from '../../app/confirm-copies.js'
import {shortPath} from '../../app/names.js'
import {receiptText} from '../../app/receipt-text.js'
import {displayFor} from '../../app/display.js'
import {compose, composeProfile} from '../../compose.js'
import {exitCodeOf, whyStillStored} from '../../domain/credential/receipt.js'
import {PROVIDERS} from '../../domain/credential/provider-table.js'
import {NotSignedOutError} from '../../domain/errors/local-files.js'
import {DefaultProfileError, requireProfileName} from '../../domain/errors/profile.js'
import {DEFAULT_PROFILE} from '../../domain/profile/profile-name.js'
import {fit} from '../../terminal/wrap.js'

const IDS = PROVIDERS.map(({id}) => id)

export default class ProfilesRemove extends MogplexCommand {
  static override summary = 'Sign out of a profile and remove it, with a receipt.'
  static override description = `Signs out of everything that is stored in the profile, then removes its folder. Waits while another process refreshes the login. Its pins stay, and so does what \`mogplex profiles use\` said: there nobody acts until you choose another one. What is not ours in the folder is kept, and named.

EXIT CODES
  0    removed
  1    a step failed, and the receipt says which
  2    the command line is invalid
  64   there is no such profile
  75   another mogplex refreshes or writes; try later
  130  interrupted`
  static override enableJsonFlag = true
  static override examples = [
    '<%= config.bin %> profiles remove work',
    '<%= config.bin %> profiles remove work --json',
  ]
  static override args = {NAME: Args.string({description: 'The profile.', required: true})}

  async run(): Promise<unknown> {
    const {args} = await this.parse(ProfilesRemove)
    const name = requireProfileName(args.NAME)
    if (name === DEFAULT_PROFILE) throw new DefaultProfileError()
    const own = compose(this.config)
    const ownProfiles = await own.profiles()
    ownProfiles.require(name)
    const services = own.profile.name === name ? own : composeProfile(this.config, name)
    const again = `mogplex profiles remove ${name}`
    const copies = this.interactive ? await services.authCopies() : []
    const removesCopies = await mayRemoveCopies(copies, process, again)
    const profiles = await services.profiles()
    const {receipt, isRemoved, keptAside} = await profiles.remove(removesCopies)
    const left = ownProfiles.list().find((profile) => profile.name === name)
    const {pinnedTo = [], isCurrent = false} = left ?? {}
    const display = displayFor(process.stdout, own.env, this.argv)
    const path = (folder: string): string => shortPath(folder, display.homeFolder)
    const lines = [
      receiptText(receipt, display, IDS),
      ...(isRemoved ? [`The profile ${name} is removed.`] : []),
      ...(keptAside === undefined ? [] : [`What is not ours in it is in ${path(keptAside)}.`]),
      ...pinnedTo.map(
        (folder) => `Nobody acts in ${path(folder)}: \`mogplex profiles unpin ${path(folder)}\`.`,
      ),
      ...(isCurrent
        ? ['Nobody acts where nothing else is chosen: `mogplex profiles use default`.']
        : []),
    ]
    this.log(fit(lines.join('\n'), process.stdout))
    const failure = whyStillStored(receipt)
    if (failure !== undefined) throw new NotSignedOutError(failure)
    process.exitCode = exitCodeOf(receipt)
    return {
      profile: name,
      removed: isRemoved,
      keptAside: keptAside ?? null,
      pinnedTo,
      current: isCurrent,
      receipt,
    }
  }
}
