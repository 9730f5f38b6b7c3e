// Makes the program see Windows, as far as texts and variables are concerned.
Object.defineProperty(process, 'platform', {value: 'win32'})
