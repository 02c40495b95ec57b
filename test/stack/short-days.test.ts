import { demoTests } from './demo.ts';
import { killTests } from './kill.ts';

// Products of their own, whose cases wait for days of seconds and restarts most of the time: side by side.
killTests();
demoTests();
