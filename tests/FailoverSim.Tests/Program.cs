using System.Globalization;
using FailoverSim.Tests.Durability;

// Tests are found and run by "dotnet test". This is what one of them starts, as nobody else may work where memory is measured: with one thread for all
// that is done side by side, what is live does not depend on who is quick.
ThreadPool.SetMaxThreads(1, 1);
Console.WriteLine((await Task.Run(() => MemoryProbe.PeakOf(int.Parse(args[0], CultureInfo.InvariantCulture)))).ToString(CultureInfo.InvariantCulture));
