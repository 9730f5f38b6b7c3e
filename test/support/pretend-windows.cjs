// The program takes this system for Windows, as far as words and variables go.
Object.defineProperty(process, 'platform', {value: 'win32'})
