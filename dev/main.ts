/** `npm start`: the whole product on embedded defaults, until Ctrl-C. */
import { runStart } from './start.ts';

await runStart();
