export const SERVER: string
export const RUN_ID: string
export const createdAt: string
/** As the service shows a run that has ended. */
export const run: object
