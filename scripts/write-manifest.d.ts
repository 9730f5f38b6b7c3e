/** Makes the text of `oclif.manifest.json` for the CLI, or for a plugin of ours in its folder. */
export function makeManifest(root: string, folder?: string): Promise<string>
/** Makes the text of `dist/plugins.json`. */
export function makeFacts(root: string): Promise<string>
