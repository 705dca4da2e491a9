// The event list that the engine uses: the one entrant to change when it changes.
global using Ours = FailoverSim.Benchmarks.EventLists.EngineList;
