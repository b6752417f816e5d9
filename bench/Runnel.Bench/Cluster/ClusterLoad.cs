namespace Runnel.Bench.Cluster;

/// <summary>What is to be done to a database, and for how long.</summary>
/// <param name="Connection">Of an empty database.</param>
/// <param name="Nodes">Logs that write and read.</param>
/// <param name="Listeners">Logs that do neither, and yet hear everything.</param>
/// <param name="Streams">Streams that are written, each with a reader on the next node.</param>
/// <param name="IdleReaders">Streams that are only followed.</param>
/// <param name="Rate">Events a second in all, one to an append; 0 for as many as it takes.</param>
/// <param name="Bytes">Of an event.</param>
/// <param name="Owners">Whether every stream has an owner, as conversations have.</param>
/// <param name="Seconds">How long it is measured.</param>
internal sealed record ClusterLoad(
    string Connection, int Nodes, int Listeners, int Streams, int IdleReaders, int Rate, int Bytes, bool Owners, int Seconds)
{
    /// <summary>Between two appends to one stream.</summary>
    public TimeSpan Pause => Rate == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds((double)Streams / Rate);

    public static ClusterLoad From(BenchArguments arguments) => new(
        arguments.Text("connection", ""),
        arguments.Number("nodes", 3),
        arguments.Number("listeners", 0),
        arguments.Number("streams", 300),
        arguments.Number("idle-readers", 0),
        arguments.Number("rate", 5000),
        arguments.Number("bytes", 256),
        arguments.Number("owners", 1) == 1,
        arguments.Number("seconds", 20));
}
