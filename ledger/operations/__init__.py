"""Operations: the acts of the shop. Each runs inside one writer's turn and never commits."""
