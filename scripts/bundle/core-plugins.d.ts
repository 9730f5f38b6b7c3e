export function corePluginsIn(root: string): string[]
