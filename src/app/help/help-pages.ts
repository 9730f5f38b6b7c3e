/**
 * Pages of docs/ that are part of the help: there is only one copy of them, which is in the
 * package. None has the name of a command.
 */
export const HELP_PAGES = [
  {name: 'installing', about: 'Installing, updating, removing.'},
  {name: 'authentication', about: 'Signing in and out.'},
  {name: 'credentials', about: 'Which credential is used, and why.'},
  {name: 'ci', about: 'GitHub Actions, GitLab, Docker, cron.'},
  {name: 'json', about: 'Scripts, and what --json prints.'},
  {name: 'errors', about: 'What each error code means, and what to do.'},
  {name: 'exit-codes', about: 'What each exit code means.'},
  {name: 'environment', about: 'The environment variables, and what they change.'},
  {name: 'files', about: 'Which files are where, and what they hold.'},
  {name: 'network', about: 'Which servers each command contacts.'},
  {name: 'ssh-and-containers', about: 'SSH, containers, WSL, proxies, certificates.'},
  {name: 'session-logs', about: 'What is logged, and what is not.'},
  {name: 'platforms', about: 'Linux, macOS, Windows: what differs.'},
  {name: 'self-hosted', about: 'Another Mogplex, or another authorization server.'},
  {name: 'security', about: 'What is defended, and what is not.'},
  {name: 'troubleshooting', about: 'What to do about what you see.'},
] as const
