using FailoverSim.Cli;
using FailoverSim.Cli.Commands;

return CommandLine.Invoke(AllCommands.Create(), args);
