/** A remedy as the app shows it: commands that have a slash command are replaced by that. */
export function inApp(remedy: string): string {
  return remedy
    .replace(/`mogplex (login|logout|whoami|doctor|mcp|attach [\w-]+)(?: --with-api-key)?`/g, '/$1')
    .replace(/`mogplex models --refresh`/g, '/model')
}
