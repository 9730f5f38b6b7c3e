/** The file of a host is not what the host could read. */
export class BrokenHostFile extends Error {}

/** The file has the entry in a form that is not changed here. */
export class OtherForm extends Error {}
