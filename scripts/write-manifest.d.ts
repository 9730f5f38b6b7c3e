/**
 * Creates the text of `oclif.manifest.json` for the CLI, or for one of our plugins in its folder.
 */
export function makeManifest(root: string, folder?: string): Promise<string>
/** Creates the text of `dist/plugins.json`. */
export function makeFacts(root: string): Promise<string>
