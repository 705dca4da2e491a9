using System.CommandLine;

namespace FailoverSim.Cli.Commands;

/// <summary><c>completion</c>: a script by which a shell completes commands, options, their words, and files.</summary>
/// <remarks>
/// The scripts ask the program itself, by its directive <c>[suggest:POSITION]</c>, so they never grow old. Words that begin with a dash are
/// offered only for one; where nothing else is left, the shell offers files, which most arguments are.
/// </remarks>
internal static class CompletionCommand
{
    private const string Bash = """
        # bash: failoversim completion bash >> ~/.bashrc
        _failoversim() {
            local line="${COMP_LINE#* }" word="${COMP_WORDS[COMP_CWORD]}" suggestion
            local point=$((COMP_POINT - ${#COMP_LINE} + ${#line}))
            COMPREPLY=()
            while IFS= read -r suggestion; do
                [[ "$suggestion" == -* && "$word" != -* ]] && continue
                [[ "$suggestion" == /* ]] && continue
                [[ "$suggestion" == "$word"* ]] && COMPREPLY+=("$suggestion")
            done < <("${COMP_WORDS[0]}" "[suggest:$point]" "$line" 2>/dev/null)
        }
        complete -o default -F _failoversim failoversim
        """;

    private const string Zsh = """
        #compdef failoversim
        # zsh: failoversim completion zsh > a file _failoversim in a folder of $fpath
        _failoversim() {
            local line="${BUFFER#* }" word="${words[CURRENT]}" suggestion
            local -a found
            local point=$((CURSOR - ${#BUFFER} + ${#line}))
            for suggestion in ${(f)"$(${words[1]} "[suggest:$point]" "$line" 2>/dev/null)"}; do
                [[ $suggestion == -* && $word != -* ]] && continue
                [[ $suggestion == /* ]] && continue
                found+=("$suggestion")
            done
            (( ${#found} )) && compadd -a found && return
            _files
        }
        compdef _failoversim failoversim
        """;

    private const string Fish = """
        # fish: failoversim completion fish > ~/.config/fish/completions/failoversim.fish
        function __failoversim
            set -l line (string replace -r '^\S+ ' '' -- (commandline -cp))
            set -l word (commandline -ct)
            failoversim "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null | string match -v -r '^/' | while read -l suggestion
                string match -q -- '-*' $suggestion; and not string match -q -- '-*' $word; and continue
                echo $suggestion
            end
        end
        complete -c failoversim -a '(__failoversim)'
        """;

    private const string PowerShell = """
        # PowerShell: failoversim completion pwsh >> $PROFILE
        Register-ArgumentCompleter -Native -CommandName failoversim -ScriptBlock {
            param($word, $ast, $position)
            $whole = $ast.ToString().PadRight($position)
            $line = $whole -replace '^\S+ ', ''
            $point = $position - ($whole.Length - $line.Length)
            failoversim "[suggest:$point]" "$line" 2>$null |
                Where-Object { $_ -notlike '/*' -and ($_ -notlike '-*' -or $word -like '-*') -and $_ -like "$word*" } |
                ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
        }
        """;

    private static readonly (string Shell, string Script)[] Scripts = [("bash", Bash), ("zsh", Zsh), ("fish", Fish), ("pwsh", PowerShell)];

    public static Command Create()
    {
        Argument<string> shell = new("shell") { Description = "bash, zsh, fish or pwsh" };
        shell.AcceptOnlyFromAmong([.. Scripts.Select(script => script.Shell)]);
        Command command = new("completion", "Prints a script by which a shell completes commands, options, templates, products and files") { shell };
        command.SetAction(parsed => Console.Out.Write(Scripts.First(script => script.Shell == parsed.GetValue(shell)).Script.ReplaceLineEndings("\n") + "\n"));
        return command;
    }
}
