namespace Runnel.Server.Transfer;

/// <summary>How much was carried.</summary>
internal sealed record Amount(long Rows, long Streams, long Segments)
{
    public override string ToString() => FormattableString.Invariant($"{Rows} rows, {Streams} streams, {Segments} segments");
}
