// The yardstick of the bench: the least that Ink can draw, bundled and started as our own program is.
import { render, Text } from "ink";

const { unmount } = render(<Text>hello, world</Text>);
setTimeout(unmount, 50);
