using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Runnel.Server.Persistence;

/// <summary>Tables and columns are named as the SQL of the migrations names them.</summary>
internal static class SnakeCaseNames
{
    public static void ApplyTo(ModelBuilder model)
    {
        foreach (var entity in model.Model.GetEntityTypes())
        {
            entity.SetTableName(Snake(entity.GetTableName()));
            foreach (var property in entity.GetProperties())
                property.SetColumnName(Snake(property.GetColumnName()));
        }
    }

    private static string? Snake(string? name) =>
        name is null ? null : JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
