import Conf from "conf";
import type { WriteFile } from "./documents.ts";
import { makeFolder } from "./make-folder.ts";

/** Writes a file with `conf`: to a temporary file first, then renamed over the old one. */
export const writeWithConf: WriteFile = (folder, name, extension, text) => {
  makeFolder(folder);
  const file = new Conf<Record<string, unknown>>({
    cwd: folder,
    configName: name,
    fileExtension: extension,
    serialize: () => text,
    // The file is replaced as a whole; what stands in it, broken or not, has been read already.
    deserialize: () => ({}),
    configFileMode: 0o600,
    accessPropertiesByDotNotation: false,
  });
  file.store = { text };
};
