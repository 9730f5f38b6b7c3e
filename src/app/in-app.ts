/** A remedy as it is told in the app: what one would leave it for has a slash command there. */
export function inApp(remedy: string): string {
  return remedy
    .replace(/`mogplex (login|logout|whoami|doctor|mcp|attach [\w-]+)(?: --with-api-key)?`/g, '/$1')
    .replace(/`mogplex models --refresh`/g, '/model')
}
