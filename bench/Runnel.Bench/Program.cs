// Measures the log without a model, the search of knowledge, and the reader of models without a network. Each program but kernel
// prints lines of JSON; bench/results says under which conditions.
using BenchmarkDotNet.Running;
using Runnel.Bench;
using Runnel.Bench.Cluster;
using Runnel.Bench.Flood;
using Runnel.Bench.Kernel;

return args switch
{
    ["append", .. var rest] => await AppendBench.RunAsync(BenchArguments.From(rest)),
    ["attack", .. var rest] => await Attack.RunAsync(BenchArguments.From(rest)),
    ["cluster", .. var rest] => await ClusterBench.RunAsync(BenchArguments.From(rest)),
    ["flood", .. var rest] => await FloodBench.RunAsync(rest),
    ["kernel", .. var rest] => RunKernel(rest),
    ["knowledge", .. var rest] => await KnowledgeBench.RunAsync(BenchArguments.From(rest)),
    ["read", .. var rest] => await ReadBench.RunAsync(BenchArguments.From(rest)),
    ["relay", .. var rest] => await RelayBench.RunAsync(rest),
    ["serve", .. var rest] => await ServeBench.RunAsync(rest),
    _ => Usage(),
};

static int RunKernel(string[] rest)
{
    BenchmarkSwitcher.FromTypes([typeof(AppendBenchmarks), typeof(ReplayBenchmarks), typeof(CursorBenchmarks)]).Run(rest);
    return 0;
}

static int Usage()
{
    Console.Error.WriteLine("""
        Runnel.Bench append [--seconds 60] [--streams 1000] [--bytes 256] [--batch 1] [--durability Full|Normal] [--dir DIR]
            Appends to many streams as fast as it goes; prints events a second, and the commits' times.
        Runnel.Bench cluster --connection STRING [--nodes 3] [--listeners 0] [--streams 300] [--idle-readers 0] [--rate 5000]
            [--bytes 256] [--owners 1] [--seconds 20]
            Several logs on one PostgreSQL: an append on one to its reader on another, and what it costs. bench/cluster.sh runs all.
        Runnel.Bench flood --server Runnel.Server.dll [--seconds 20] [--rounds 3] [--workers 32] [--port 5097] [--settings …]
            One user floods the real server, another measures. bench/flood.sh builds both and runs it; attack is its other process.
        Runnel.Bench kernel [--filter '*'] [--job short]
            The kernel alone, by BenchmarkDotNet: append to reader, replay, cursors.
        Runnel.Bench knowledge [--others 4] [--rounds 200] [--dir DIR]
            Teaches digital humans 10,000 facts each, and prints how long one takes to find what has to do with a message.
        Runnel.Bench read [--answers 200] [--tokens 2000] [--frames 1] [--rounds 5]
            Reads the same answers, so many frames at a time, with our reader and with OpenAI's own; prints CPU per token.
        Runnel.Bench relay [--Urls=http://127.0.0.1:5090] [--upstream=http://127.0.0.1:9100/v1]
            A peer of the server: POST /chat {message} answers with OpenAI's own client, and stores nothing.
        Runnel.Bench serve [--Urls=http://127.0.0.1:5090] [--dir=DIR] [--durability=Full|Normal] [--topics=1] [--rate=0] [--size=100]
            POST /publish/{topic} appends its body, GET /follow/{topic} follows: for a load client. With a rate it also publishes
            so many events a second to its topics by itself.
        """);
    return 2;
}
