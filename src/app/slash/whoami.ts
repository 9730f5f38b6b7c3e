import {unusedLogin} from '../../domain/credential/gate.js'
import {identityOf} from '../../domain/credential/identity.js'
import {outrankedNotice} from '../../domain/credential/outranked-notice.js'
import {identityText} from '../identity-text.js'
import {inApp} from '../in-app.js'
import {displayFor} from '../display.js'
import {wrap} from '../../terminal/wrap.js'
import type {AppContext} from './app-context.js'
import type {AppSlashCommand} from './app-slash-command.js'

/** `/whoami`: which credential is in use, and its source. */
export const whoami: AppSlashCommand<AppContext> = {
  name: 'whoami',
  summary: 'Show who is signed in, and what pays',
  run({session, prompts, print, palette, columns, env, argv, shownProfile}) {
    session.refresh()
    const {resolution, settings} = session
    const display = {...displayFor({isTTY: true}, env, argv), palette}
    const notice = outrankedNotice(resolution)
    const login = unusedLogin(resolution)
    const unused = login && {message: login.message, remedy: inApp(login.remedy)}
    const profile = shownProfile()
    const identity = {...(profile && {profile}), ...identityOf(resolution, settings.issuer)}
    const text = identityText(identity, display, {unused})
    const lack = resolution.model.kind === 'credential' ? prompts.whyNone() : undefined
    const more = [notice, lack && `${lack.message} ${inApp(lack.remedy)}`]
    print(wrap([text, ...more.flatMap((line) => (line ? ['', line] : []))].join('\n'), columns))
  },
}
