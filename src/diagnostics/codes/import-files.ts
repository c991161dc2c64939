import { define, message } from "../define.js";

/** Findings about where an import puts what it read, and what stands there already. */
export const importFiles = define({
  "import/nothing": {
    severity: "error",
    message: message`there is nothing here to import`,
    help: "name an export, a rule in JSON or TOML, an archive, or a folder with any of these",
    why: "Nothing that was read is a rule, an exception list or a connector.",
    fix: "Look at what the files hold. `POST /api/detection_engine/rules/_export` gives an export of rules.",
  },
  "import/would-overwrite": {
    severity: "error",
    message: message`${"file"} holds the ${"kind"} "${"name"}" already, and differs in ${"fields"}`,
    help: "run again with --force to take over what the source says; comments and layout stay",
    why: "The file may hold work that the source does not have, so an import overwrites nothing by itself.",
    fix: "Compare the two. With `--force` the values of the source replace those of the file by text edits: comments, the order of keys, and fields that Kibana does not have stay as they are.",
  },
  "import/elsewhere": {
    severity: "error",
    message: message`the ${"kind"} "${"name"}" is in ${"file"}, outside ${"out"}, and differs in ${"fields"}`,
    help: "name the folder of that file with --out, or remove the file",
    why: "An import writes below `--out` and nowhere else, and a second file for the same thing would clash with the first.",
    fix: "Run the import with `--out` set to the folder that the file is in.",
  },
  "import/target-broken": {
    severity: "error",
    message: message`${"file"} holds the ${"kind"} "${"name"}" already, and has errors`,
    help: "mend or remove the file; kdac validate shows what is wrong with it",
    why: "A file that cannot be read in full cannot be merged: what it says would be lost.",
    fix: "Run `kdac validate` on the file, mend it, and import again.",
  },
  "import/target-outside": {
    severity: "error",
    message: message`${"file"} was not written: a link on the way to it leads out of ${"out"}`,
    help: "remove the link, or import to the folder that it leads to",
    why: "An import writes below `--out` and nowhere else. Through a link it could change files of other projects.",
    fix: "Name the folder that the link leads to with `--out`.",
  },
  "import/out-not-searched": {
    severity: "warning",
    message: message`${"out"} is none of the project's folders of rules`,
    help: "add it to rules in kdac.config.yml",
    why: "Other commands look for rules in the folders that `rules` in `kdac.config.yml` names, so they would not see the imported ones.",
    fix: "Add the folder: `rules: [rules, imported]`.",
  },
  "import/duplicate": {
    severity: "error",
    message: message`another ${"kind"} with the id "${"id"}" is in ${"where"}; this one differs and was left out`,
    help: "keep one of them, or give the copy an id of its own",
    why: "Ids are unique in a project, as they are in a space. The first one that was read is imported, and of prebuilt rules the highest version.",
    fix: "Import the one that you want by itself, or change the id of one.",
  },
  "import/several-versions": {
    severity: "info",
    message: message`version ${"version"} of the prebuilt rule "${"id"}" was left out: version ${"other"} is in ${"where"}`,
    why: "Elastic's package carries older versions of its rules so that Kibana can tell what a user changed. The highest version is the current one.",
    fix: "Nothing has to be done.",
  },
  "import/items-without-list": {
    severity: "warning",
    message: message`the exception list "${"list_id"}" is not among what was read, only items of it; its name and description are made up`,
    help: "set name, description and type in the imported file",
    why: "Items belong to a list. Exports hold both; the answer of a search for items holds the items alone.",
    fix: "Export the list from Kibana, or write what it is for into the imported file.",
  },
  "import/attack-version": {
    severity: "info",
    message: message`ATT&CK ${"version"} is what the mappings of ${"count"} rules follow, and the project follows ${"own"}`,
    help: "name that version under attack in kdac.config.yml before the import, and they get the short form",
    why: "`attack` compiles to the names and pages of one version of ATT&CK. Rules that follow another one keep `threat` in Kibana's form, so that the import changes nothing.",
    fix: 'Write `attack: "18.1"` into `kdac.config.yml` and import into an empty folder. Move to the newer version afterwards, in a change of its own.',
  },
  "import/connector-name-taken": {
    severity: "error",
    message: message`another connector of the name "${"name"}" is in ${"where"}; this one was left out`,
    help: "rename one of them in Kibana and export again",
    why: "Actions name their connector, so its name has to be unique in a project. Rules that use this connector keep its id, which only the space that they come from knows.",
    fix: "Give the connectors different names in Kibana, then export and import again.",
  },
});
