using Runnel.Fakes;

// Stands in for a model: dotnet run --project test/Runnel.FakeUpstream -- --port 9100
var port = CommandLine.Port(args, otherwise: 9100);
await using var upstream = await FakeUpstream.StartAsync(port);
Console.WriteLine($"Fake upstream at {upstream.BaseUrl}. Say [[tokens=50 delay=20ms fault=reset@20]] to it.");
if (args.Contains("--prompts")) Console.WriteLine(Prompts.Text);
await upstream.WaitForShutdownAsync();
