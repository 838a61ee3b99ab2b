"""The commands, one a file; whoever imports one has Click speak Chinese."""

from zhiban.cli.chinese import speak_chinese

speak_chinese()
