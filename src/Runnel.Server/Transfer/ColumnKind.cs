namespace Runnel.Server.Transfer;

/// <summary>What a column holds, where it is not null. Databases have other names for it.</summary>
internal enum ColumnKind
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>A whole number of 64 bits.</summary>
    Integer,

    /// <summary>A floating-point number of 64 bits.</summary>
    Real,

    /// <summary>Bytes.</summary>
    Bytes,
}
