/** The host's file is invalid, even for the host. */
export class BrokenHostFile extends Error {}

/** The file has the entry in a form that we do not change. */
export class OtherForm extends Error {}
