/** Pages of docs/ that are part of the help: there is one copy of them, which is in the package. */
export const HELP_PAGES = [
  {name: 'authentication', about: 'Signing in, staying, signing out; which credential is used.'},
  {name: 'environment', about: 'The variables that are read, and what they change.'},
  {name: 'exit-codes', about: 'What each exit code means, and errors in JSON.'},
  {name: 'files', about: 'Which files are kept where, and who may read them.'},
] as const
