export function corePluginsIn(root: string): string[]
export function bundlePlugin(root: string, folder: string): Promise<Map<string, string>>
