import type {AppContext} from './app-context.js'
import type {AppSlashCommand} from './app-slash-command.js'

/** `/login`: the login screen again. */
export const login: AppSlashCommand<AppContext> = {
  name: 'login',
  summary: 'Sign in, as yourself or as somebody else, or store an API key',
  async run({signIn}) {
    await signIn()
  },
}
