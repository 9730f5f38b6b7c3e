// Shared by the CLI's terminal code, its messages and the kit: no oclif, nothing of a session.
export {layOutTable} from './lay-out-table.js'
export type {TableDrawing, TextColumn} from './lay-out-table.js'
export {printable, printableLines, withEscapes} from './printable.js'
